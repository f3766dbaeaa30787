import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { people } from '../../apps/simulator/src/world/people.ts';

type IdentityModule = typeof import('../../apps/simulator/src/keys/identity.ts');

/** What lets people sign in at a broker on this machine. */
export interface DemoConsole {
  /** Address of the console's origin. */
  readonly url: string;
  /** PEM of the made-up authority that vouches for it. */
  readonly ca: string;
  readonly caFile: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Prepares a broker with TLS of its own, which the cookies of a session need. */
export async function prepareConsole(
  folder: string,
  client: { readonly clientId: string; readonly secret: string },
): Promise<DemoConsole> {
  const built = new URL('../../dist/apps/simulator/src/keys/identity.js', import.meta.url);
  const { createAuthority, issueServerIdentity } = (await import(built.href)) as IdentityModule;
  const authority = await createAuthority();
  const { certificate, privateKey } = await issueServerIdentity(authority, ['localhost', '127.0.0.1']);
  const [caFile, TLS_CERT_FILE, TLS_KEY_FILE] = ['interlock-ca.pem', 'interlock.pem', 'interlock-key.pem'].map(
    (name) => `${folder}/${name}`,
  ) as [string, string, string];
  writeFileSync(caFile, authority.certificate);
  writeFileSync(TLS_CERT_FILE, certificate);
  writeFileSync(TLS_KEY_FILE, privateKey, { mode: 0o600 });
  const port = await freePort();
  const url = `https://localhost:${port}`;
  const settings = {
    HOST: 'localhost',
    PORT: String(port),
    TLS_CERT_FILE,
    TLS_KEY_FILE,
    INTERLOCK_CONSOLE_URL: url,
    INTERLOCK_CONSOLE_CLIENT_ID: client.clientId,
    INTERLOCK_CONSOLE_CLIENT_SECRET: client.secret,
  };
  return { url, ca: authority.certificate, caFile, settings };
}

/** Who can sign in, a line each. */
export function whoCanSignIn(): readonly string[] {
  const purposes: Readonly<Record<keyof typeof people, string>> = {
    operator: 'pauses and starts jobs',
    reviewer: 'reads the audit and the policy',
    both: 'does both, and may override holds of others',
    nobody: 'has no role',
  };
  return Object.entries(purposes).map(([who, purpose]) => {
    const { displayName } = people[who as keyof typeof people];
    return `  ${displayName.padEnd(14)} ${purpose}`;
  });
}

/** Free a moment ago: the console's address has to be known before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
