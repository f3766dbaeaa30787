import type { AuthenticationCode, TokenVersion } from '#auth';
import type { Claims, Header, Kind, TokenIssuer } from './token-issuer.ts';

/** A token that must never become a Caller, and the code of its refusal. */
export interface HostileToken {
  readonly name: string;
  readonly code: AuthenticationCode;
  mint(issuer: TokenIssuer): Promise<string>;
}

type Mint = (issuer: TokenIssuer) => string | Promise<string>;
type Change<Value> = Value | ((issuer: TokenIssuer) => Value);

const resolve = <Value extends object>(change: Change<Value>, issuer: TokenIssuer): Value =>
  typeof change === 'function' ? change(issuer) : change;

/** A token that is made in its own way. */
export function made(name: string, code: AuthenticationCode, mint: Mint): HostileToken {
  return { name, code, mint: async (issuer) => mint(issuer) };
}

/** A sound token of the application but for its header; the signature is true. */
export function header(name: string, code: AuthenticationCode, change: Change<Header>): HostileToken {
  return made(name, code, (issuer) =>
    issuer.forge(issuer.header(resolve(change, issuer)), issuer.claims('2.0', 'application')),
  );
}

/** A sound token but for some claims; the signature is true. */
function claims(version: TokenVersion, kind: Kind) {
  return (name: string, code: AuthenticationCode, change: Change<Claims>): HostileToken =>
    made(`${name} (v${version}, ${kind})`, code, (issuer) =>
      issuer.mint(issuer.claims(version, kind, resolve(change, issuer))),
    );
}

/** Sound tokens with changed claims, by version and kind. */
export const app2 = claims('2.0', 'application');
export const app1 = claims('1.0', 'application');
export const user2 = claims('2.0', 'user');
export const user1 = claims('1.0', 'user');

/** A sound token whose text is changed after it was signed. */
export function altered(name: string, code: AuthenticationCode, change: (parts: [string, string, string]) => string) {
  return made(name, code, async (issuer) => {
    const token = await issuer.mint(issuer.claims('2.0', 'application'));
    return change(token.split('.') as [string, string, string]);
  });
}

/** A sound payload or header written as another text. */
export function text(name: string, part: 'header' | 'payload', value: string | Buffer): HostileToken {
  return made(name, 'token_malformed', (issuer) =>
    part === 'header'
      ? issuer.forge(String(value), issuer.claims('2.0', 'application'))
      : issuer.forge(issuer.header(), value),
  );
}

/** Another text of the same 256 bytes. */
export function otherLastCharacter(signature: string): string {
  // The last of 342 characters holds two bits only; its successor in the alphabet decodes to the same bytes.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return signature.slice(0, -1) + String(alphabet[alphabet.indexOf(signature.slice(-1)) + 1]);
}

/** A value as a part of a token. */
export const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
