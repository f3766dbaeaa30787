import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issueServerIdentity } from '../../apps/simulator/src/keys/identity.ts';
import { SystemClock } from '#kernel';
import { TokenIssuer } from './token-issuer.ts';

/** A {@link TokenIssuer} whose metadata and keys are served over TLS, for a broker in a process of its own. */
export interface IssuerServer {
  readonly issuer: TokenIssuer;
  readonly url: string;
  readonly caPem: string;
  close(): Promise<void>;
}

export async function startIssuerServer(): Promise<IssuerServer> {
  const ca = await createAuthority();
  const { certificate, privateKey } = await issueServerIdentity(ca, ['localhost']);
  const server = createServer({ cert: certificate, key: privateKey });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = new TokenIssuer(new SystemClock(), url);
  server.on('request', (request, response) => {
    void issuer.document(`${url}${request.url ?? ''}`).then((document) => {
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document ?? {}));
    });
  });
  return {
    issuer,
    url,
    caPem: ca.certificate,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
