import { spawnSync } from 'node:child_process';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ids } from '../../../apps/simulator/src/world/default-world.ts';
import { upstreamAuthorization } from '../peers/peer.ts';
import type { MeasuredProcess } from './measured-process.ts';
import type { Stage } from './stage.ts';

/** HAProxy with a check of the token and its role, without policy or audit; undefined where it is not installed. */
export async function startHaproxy(stage: Stage): Promise<MeasuredProcess | undefined> {
  if (spawnSync('haproxy', ['-v']).error) return undefined;
  const key = stage.file('haproxy-key.pem', await signingKey(stage));
  const ca = stage.file('haproxy-ca.pem', stage.ca);
  const port = await freePort();
  const configuration = stage.file('haproxy.cfg', configurationText(port, new URL(stage.upstream.url).host, key, ca));
  const told = JSON.stringify({ url: `http://127.0.0.1:${port}` });
  // It does not tell when it listens; exec keeps the process id, by which its CPU is counted.
  const started = await stage.program(['sh', '-c', 'echo "$0"; exec haproxy -db -f "$1"', told, configuration]);
  await listening(port);
  return started;
}

/** @see https://docs.haproxy.org/2.6/configuration.html#jwt_verify */
function configurationText(port: number, upstream: string, key: string, ca: string): string {
  const claim = (name: string) => `http-request set-var(txn.${name}) http_auth_bearer,jwt_payload_query('$.${name}')`;
  return `
global
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend callers
  bind 127.0.0.1:${port} backlog 4096
  http-request set-var(txn.alg) http_auth_bearer,jwt_header_query('$.alg')
  ${claim('iss')}
  ${claim('aud')}
  # It reads no arrays, only their elements.
  http-request set-var(txn.role) http_auth_bearer,jwt_payload_query('$.roles[0]')
  http-request set-var(txn.role) http_auth_bearer,jwt_payload_query('$.roles[1]') unless { var(txn.role) -m str Jobs.Pause }
  http-request set-var(txn.exp) http_auth_bearer,jwt_payload_query('$.exp','int')
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
  http-request deny deny_status 401 unless { http_auth_bearer,jwt_verify(txn.alg,"${key}") 1 }
  http-request deny deny_status 401 unless { var(txn.iss) -m str https://login.microsoftonline.com/${ids.tenant}/v2.0 }
  http-request deny deny_status 401 unless { var(txn.aud) -m str ${ids.interlock.appId} }
  http-request deny deny_status 401 if { var(txn.exp),sub(txn.now) -m int lt 0 }
  http-request deny deny_status 403 unless { var(txn.role) -m str Jobs.Pause }
  http-request set-header authorization "${upstreamAuthorization}"
  default_backend graph
backend graph
  server graph ${upstream} ssl verify required ca-file ${ca} sni str(localhost)
`;
}

/** The key that callers' tokens are signed with, PEM. HAProxy reads none from Entra itself. */
async function signingKey({ requests, keys }: Stage): Promise<string> {
  const [, token = ''] = (requests[0]?.headers['authorization'] ?? '').split(' ');
  const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
  const [response] = (await once(get(keys.url, { ca: keys.ca }), 'response')) as [NodeJS.ReadableStream];
  const set = (await json(response)) as { keys: (JsonWebKey & { kid: string })[] };
  const found = set.keys.find((key) => key.kid === kid);
  if (found === undefined) throw new Error('Entra does not publish the key of its tokens');
  return createPublicKey({ key: found, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await setTimeout(50);
  }
  throw new Error('HAProxy does not listen');
}
