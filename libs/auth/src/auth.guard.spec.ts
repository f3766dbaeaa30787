import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type Caller, ClientId, CodedError, type EpochMillis, ObjectId, type Right } from '#kernel';
import { ourTenant } from '../../../test/support/token-issuer.ts';
import { AuthorizationGuard, CurrentCaller, Public, Requires } from './auth.guard.ts';
import { AuthenticationError } from './authentication-error.ts';
import { assertHandlersDeclare, handlerRequirements } from './handler-requirements.guard.ts';
import { attachCaller, attachRefusal, callerOf } from './request-caller.ts';

const principal = {
  tenantId: ourTenant,
  objectId: ObjectId.parse('55555555-eeee-4eee-8eee-555555555555', 'objectId'),
  clientId: ClientId.parse('44444444-dddd-4ddd-8ddd-444444444444', 'clientId'),
  token: {
    issuer: 'https://issuer.example',
    audience: 'api://interlock.example',
    version: '2.0',
    issuedAt: 0 as EpochMillis,
    expiresAt: 0 as EpochMillis,
    authenticationMethods: [],
  },
} as const;

function application(...roles: Right[]): Caller {
  return { ...principal, kind: 'application', roles };
}

function user(scopes: Right[], roles: Right[]): Caller {
  return { ...principal, kind: 'user', scopes, roles, directoryRoles: [] };
}

@Controller()
class Doors {
  @Get('open')
  @Public()
  open() {
    return 'open';
  }

  @Get('known')
  @Requires('authenticated')
  known(@CurrentCaller() caller: Caller) {
    return caller.kind;
  }

  @Get('pause')
  @Requires('Jobs.Pause')
  pause() {
    return 'paused';
  }

  @Get('open/caller')
  @Public()
  openCaller(@CurrentCaller() caller: Caller) {
    return caller.kind;
  }
}

@Controller()
class Forgetful extends Doors {
  @Get('forgotten')
  forgotten() {
    return 'forgotten';
  }

  noRoute() {
    return 'not a route';
  }
}

async function start(controller: new () => object, caller?: Caller): Promise<NestFastifyApplication> {
  const providers = [{ provide: APP_GUARD, useClass: AuthorizationGuard }];
  const testing = await Test.createTestingModule({ controllers: [controller], providers }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, _reply, done) => {
      if (caller !== undefined) attachCaller(request, caller);
      done();
    });
  app.useGlobalFilters({
    catch(error, host) {
      const code = error instanceof CodedError ? error.code : String(error);
      return host.switchToHttp().getResponse<{ send(body: string): unknown }>().send(code);
    },
  });
  return app.init();
}

describe('AuthorizationGuard', () => {
  let app: INestApplication | undefined;

  afterEach(async () => {
    await app?.close();
  });

  const get = async (path: string, caller?: Caller, controller: new () => object = Doors) => {
    const started = await start(controller, caller);
    app = started;
    return (await started.inject({ method: 'GET', url: path })).body;
  };

  it.each<[string, Caller | undefined, string]>([
    ['/open', undefined, 'open'],
    ['/open', application(), 'open'],
    ['/open/caller', undefined, 'token_missing'],
    ['/known', undefined, 'token_missing'],
    ['/known', application(), 'application'],
    ['/known', user([], []), 'user'],
    ['/pause', undefined, 'token_missing'],
    ['/pause', application('Jobs.Read', 'Jobs.Start'), 'insufficient_scope'],
    ['/pause', application('Jobs.Pause'), 'paused'],
    ['/pause', user(['Jobs.Pause'], []), 'paused'],
    ['/pause', user(['Jobs.Read'], ['Jobs.Pause']), 'insufficient_scope'],
  ])('at %s answers %j with %s', async (path, caller, body) => {
    expect(await get(path, caller)).toBe(body);
  });

  it('closes a handler that declares nothing to everybody', async () => {
    expect(await get('/forgotten', application('Jobs.Pause'), Forgetful)).toBe('requirement_undeclared');
  });
});

describe('declaring requirements', () => {
  it('is once per handler', () => {
    const twice = () => {
      class Twice {
        @Public()
        @Requires('Jobs.Pause')
        handler() {
          return undefined;
        }
      }
      return Twice;
    };
    expect(twice).toThrow(TypeError);
  });

  it('passes the start-up check when every handler does it', async () => {
    const app = await start(Doors);
    expect(() => {
      assertHandlersDeclare(app);
    }).not.toThrow();
    expect(handlerRequirements(app)).toEqual([
      { handler: 'Doors.open', requirement: 'public' },
      { handler: 'Doors.known', requirement: 'authenticated' },
      { handler: 'Doors.pause', requirement: 'Jobs.Pause' },
      { handler: 'Doors.openCaller', requirement: 'public' },
    ]);
    await app.close();
  });

  it('fails the start-up check, by name, when a handler forgot it', async () => {
    const app = await start(Forgetful);
    expect(() => {
      assertHandlersDeclare(app);
    }).toThrow('Handlers without @Requires or @Public: Forgetful.forgotten.');
    await app.close();
  });
});

describe('the caller of a request', () => {
  it('is attached once and to that request only', () => {
    const request = {};
    const caller = application();
    attachCaller(request, caller);
    expect(callerOf(request)).toBe(caller);
    expect(() => {
      attachCaller(request, application('Jobs.Start'));
    }).toThrow(TypeError);
    expect(() => callerOf({ ...request })).toThrow('An access token is required.');
  });

  it('is refused for the reason that was attached', () => {
    const request = {};
    const refusal = new AuthenticationError('expired');
    attachRefusal(request, refusal);
    expect(() => callerOf(request)).toThrow(refusal);
    expect(() => {
      attachCaller(request, application('Jobs.Pause'));
    }).toThrow(TypeError);
  });
});
