import { readFileSync } from 'node:fs';
import type { BrokerProcess } from '../support/broker-process.ts';
import { consoleSettings } from '../support/console.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { jobs } from '../../apps/simulator/src/world/default-world.ts';

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker(consoleSettings);
});
afterAll(() => interlock.stop());

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security: readonly unknown[] }>>>>;
}

const document = async () => (await call(`${broker.url}/openapi.json`)).data as OpenApi;
const example = (path: string) =>
  path
    .replace('{servicePrincipalId}', jobs.hrInbound.servicePrincipalId)
    .replace('{jobId}', jobs.hrInbound.jobId)
    .replace('{index}', '0')
    .replace('{level}', '0')
    .replace('{tile}', '000.p/1');

describe('the API description', () => {
  it('is OpenAPI 3.1 and equal to the committed copy', async () => {
    const served = await document();

    expect(served.openapi).toBe('3.1.0');
    expect(served).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
  });

  it('names only operations that exist, and asks for a token exactly where the server does', async () => {
    for (const [path, methods] of Object.entries((await document()).paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        const { status } = await call(broker.url + example(path), { method: method.toUpperCase() });

        expect({ method, path, open: status !== 401 }).toEqual({ method, path, open: security.length === 0 });
        const known = await call(broker.url + example(path), { method, token: await interlock.hrPortal() });
        expect(known.code).not.toBe('route_not_found');
      }
    }
  });

  it('is a page to read at /docs, without scripts', async () => {
    const { data, headers } = await call(`${broker.url}/docs`);

    expect(data).toContain('Pause a provisioning job');
    expect(data).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('leads strangers to the metadata of the protected resource', async () => {
    const { headers } = await call(`${broker.url}/api/audit/events`);
    const metadata = await call(`${broker.url}/.well-known/oauth-protected-resource`);

    expect(headers['www-authenticate']).toContain('/.well-known/oauth-protected-resource');
    expect(metadata.data).toMatchObject({ bearer_methods_supported: ['header'] });
  });
});
