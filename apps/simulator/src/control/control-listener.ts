import { fastify } from 'fastify';
import { ZodError } from 'zod';
import { NotInWorld } from '../world/directory.ts';
import type { Control } from './control.ts';

/** The methods of {@link Control} that HTTP offers, by their own names. */
const commands = [
  'mintToken',
  'mintFederatedAssertion',
  'credentials',
  'journal',
  'whenArrived',
  'clearJournal',
  'injectFault',
  'takeDown',
  'faults',
  'clearFaults',
  'jobState',
  'setJobState',
  'grantRole',
  'revokeRole',
  'grantOwnership',
  'revokeOwnership',
  'announceKey',
  'rotateKeys',
  'rotateSecret',
  'rotateCertificate',
  'expireSecret',
  'setTokenLifetime',
  'setPageSize',
  'allowRedirect',
  'signIns',
  'revokeSignIns',
  'setUserTokenLifetime',
  'mintLogoutToken',
  'sendLogout',
  'world',
  'reset',
] as const satisfies readonly (keyof Control)[];

/** The control port while it listens. */
export interface ControlListener {
  readonly url: string;
  close(): Promise<void>;
}

/** The control over HTTP: POST to a command's name with its argument as JSON; `{"result"}` comes back. */
export async function listenControl(control: Control, host: string, port: number): Promise<ControlListener> {
  const app = fastify({ forceCloseConnections: true });
  app.get('/', () => ({ commands }));
  for (const name of commands) {
    app.post(`/${name}`, async (request) => {
      // Every command parses its argument, so that it may be whatever JSON can say.
      const command: (argument: never) => unknown = control[name].bind(control);
      return { result: (await command((request.body ?? {}) as never)) ?? null };
    });
  }
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ZodError) return reply.code(400).send({ error: 'invalid_argument', issues: error.issues });
    if (error instanceof NotInWorld) return reply.code(404).send({ error: 'not_in_world', message: error.message });
    return reply.send(error);
  });
  return { url: await app.listen({ host, port }), close: () => app.close() };
}
