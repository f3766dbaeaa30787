import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { CompactSign, exportJWK } from 'jose';
import { JsonFetcher, JsonFetchError, type TokenVersion } from '#auth';
import { ClientId, type Clock, TenantId } from '#kernel';

export type Claims = Readonly<Record<string, unknown>>;
/** A header parameter or claim that is undefined is left out. */
export type Header = Readonly<Record<string, unknown>>;
export type Kind = 'application' | 'user';
export type Algorithm = 'RS256' | 'RS384' | 'PS256' | 'ES256' | 'HS256';

export const ourTenant = TenantId.parse('11111111-aaaa-4aaa-8aaa-111111111111', 'ourTenant');
export const otherTenant = TenantId.parse('22222222-bbbb-4bbb-8bbb-222222222222', 'otherTenant');
export const ourClientId = ClientId.parse('33333333-cccc-4ccc-8ccc-333333333333', 'ourClientId');
export const ourAppIdUri = 'api://interlock.example';
const callerClientId = '44444444-dddd-4ddd-8ddd-444444444444';
const callerObjectId = '55555555-eeee-4eee-8eee-555555555555';
const userObjectId = '66666666-ffff-4fff-8fff-666666666666';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const rsa = (modulusLength = 2048): KeyPair => generateKeyPairSync('rsa', { modulusLength });

/** Made once, as making them is slow. */
const keyPairs = {
  current: rsa(),
  next: rsa(),
  foreign: rsa(),
  unusable: {
    weak: rsa(1024),
    encryption: rsa(),
    elliptic: generateKeyPairSync('ec', { namedCurve: 'P-256' }) as KeyPair,
    personal: rsa(),
  },
};

/**
 * Issues tokens as Entra does, and as an attacker would. All tenants share its keys, as in Entra. Tokens are told apart
 * from real ones by nothing but the authority; its documents are served by {@link fetcher} or, through
 * {@link document}, by a server of the test.
 */
export class TokenIssuer {
  /** Published and in use. */
  readonly current = keyPairs.current;
  /** Published for a rollover to come. */
  readonly next = keyPairs.next;
  /** Never published. */
  readonly foreign = keyPairs.foreign;
  /** Published, yet not to be trusted: too short, for encryption, of another kind, of personal accounts. */
  readonly unusable = keyPairs.unusable;
  readonly fetcher = new IssuerFetcher(this);
  /** Stands in for {@link keys} in the published set. */
  published: readonly object[] | undefined;
  readonly #clock: Clock;
  readonly #authority: string;

  constructor(clock: Clock, authority = 'https://login.example') {
    this.#clock = clock;
    this.#authority = authority;
  }

  /** What verifiers of its tokens are told to trust. */
  get trusted() {
    return { authority: this.#authority, tenants: [ourTenant] };
  }

  get seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  issuer(version: TokenVersion, tenantId: string = ourTenant): string {
    return version === '1.0' ? `https://sts.example/${tenantId}/` : `${this.#authority}/${tenantId}/v2.0`;
  }

  /** The document at a URL, or undefined: metadata of any tenant and the keys that all of them share. */
  async document(url: string): Promise<unknown> {
    const [, tenantId, v2] =
      /^\/([0-9a-f-]{36})(\/v2\.0)?\/\.well-known\/openid-configuration$/.exec(new URL(url).pathname) ?? [];
    if (tenantId !== undefined) {
      return {
        issuer: this.issuer(v2 === undefined ? '1.0' : '2.0', tenantId),
        jwks_uri: `${this.#authority}/common/discovery${v2 ?? ''}/keys`,
      };
    }
    return url.startsWith(`${this.#authority}/common/discovery`)
      ? { keys: this.published ?? (await this.keys()) }
      : undefined;
  }

  async keys(): Promise<readonly object[]> {
    const { weak, encryption, elliptic, personal } = this.unusable;
    return Promise.all([
      published('current', this.current),
      published('next', this.next, { issuer: `${this.#authority}/{tenantid}/v2.0` }),
      published('weak', weak),
      published('encryption', encryption, { use: 'enc' }),
      published('elliptic', elliptic),
      published('personal', personal, { issuer: `${this.#authority}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0` }),
    ]);
  }

  header(change: Header = {}): Header {
    return { typ: 'JWT', alg: 'RS256', kid: 'current', ...change };
  }

  /** Claims of a sound token, in the shape of its version. */
  claims(version: TokenVersion, kind: Kind, change: Claims = {}): Claims {
    const client = version === '1.0' ? { appid: callerClientId, appidacr: '2' } : { azp: callerClientId, azpacr: '2' };
    const times = { iat: this.seconds - 60, nbf: this.seconds - 60, exp: this.seconds + 3600 };
    const principal = kind === 'application' ? applicationClaims : userClaims(version);
    return {
      aud: version === '1.0' ? ourAppIdUri : ourClientId,
      iss: this.issuer(version),
      ...times,
      ...client,
      ...principal,
      tid: ourTenant,
      uti: randomUUID(),
      ver: version,
      ...change,
    };
  }

  /** A token as Entra would sign it. */
  async mint(claims: Claims): Promise<string> {
    const payload = new TextEncoder().encode(JSON.stringify(claims));
    return new CompactSign(payload)
      .setProtectedHeader({ ...this.header(), alg: 'RS256' })
      .sign(this.current.privateKey);
  }

  /** A token of any two texts, with a true signature of any key. */
  forge(header: Header | string, claims: Claims | string | Buffer, key = this.current, algorithm: Algorithm = 'RS256') {
    const signed = `${encode(header)}.${encode(claims)}`;
    return `${signed}.${signature(signed, key, algorithm).toString('base64url')}`;
  }
}

/** Serves an issuer's documents, counts the reads and can be cut off. */
class IssuerFetcher extends JsonFetcher {
  readonly requests: string[] = [];
  down = false;
  readonly #issuer: TokenIssuer;

  constructor(issuer: TokenIssuer) {
    super();
    this.#issuer = issuer;
  }

  override async fetch(url: URL): Promise<unknown> {
    this.requests.push(url.href);
    const document = this.down ? undefined : await this.#issuer.document(url.href);
    if (document === undefined) throw new JsonFetchError('unreachable', url);
    return document;
  }
}

const applicationClaims: Claims = {
  idtyp: 'app',
  oid: callerObjectId,
  sub: callerObjectId,
  roles: ['Jobs.Read', 'Jobs.Pause'],
  wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
};

function userClaims(version: TokenVersion): Claims {
  const person = { name: 'Ada Example', amr: ['pwd', 'mfa'] };
  return {
    ...person,
    ...(version === '1.0' ? { upn: 'ada@contoso.example' } : { preferred_username: 'ada@contoso.example' }),
    oid: userObjectId,
    sub: 'pairwise-subject-of-ada',
    scp: 'Jobs.Read Jobs.Pause',
    roles: ['Jobs.Pause'],
    wids: ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
  };
}

async function published(kid: string, { publicKey }: KeyPair, change: object = {}): Promise<object> {
  return { ...(await exportJWK(publicKey)), kid, use: 'sig', ...change };
}

function encode(part: Header | Claims | string | Buffer): string {
  const bytes = typeof part === 'string' || Buffer.isBuffer(part) ? Buffer.from(part) : JSON.stringify(part);
  return Buffer.from(bytes).toString('base64url');
}

function signature(text: string, { privateKey, publicKey }: KeyPair, algorithm: Algorithm): Buffer {
  switch (algorithm) {
    case 'HS256':
      return createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
        .update(text)
        .digest();
    case 'PS256':
      return sign('sha256', Buffer.from(text), { key: privateKey, padding: 6, saltLength: 32 });
    case 'ES256':
      return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    case 'RS256':
      return sign('sha256', Buffer.from(text), privateKey);
    case 'RS384':
      return sign('sha384', Buffer.from(text), privateKey);
  }
}
