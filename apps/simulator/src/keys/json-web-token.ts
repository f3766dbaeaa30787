import { constants, createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { SigningKey } from './signing-key.ts';

/** Algorithms that a token may carry: RS256 is the only one Entra uses, the others exist to be refused. */
export const tokenAlgorithms = ['RS256', 'PS256', 'ES256', 'HS256', 'none'] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

export type JsonObject = Readonly<Record<string, unknown>>;

function segment(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(algorithm: TokenAlgorithm, key: SigningKey, input: string): Buffer {
  const bytes = Buffer.from(input);
  switch (algorithm) {
    case 'RS256':
      return sign('sha256', bytes, key.privateKey);
    case 'PS256':
      return sign('sha256', bytes, {
        key: key.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
    case 'ES256': {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    }
    case 'HS256':
      // The algorithm confusion attack: the published RSA key, as text, used as HMAC secret (RFC 8725 §2.1).
      return createHmac('sha256', key.publicKey.export({ format: 'pem', type: 'spki' }))
        .update(bytes)
        .digest();
    case 'none':
      return Buffer.alloc(0);
  }
}

/** A JWT in compact form (RFC 7519). Refuses no combination: bad tokens are what this is for. */
export function signToken(header: JsonObject, claims: JsonObject, algorithm: TokenAlgorithm, key: SigningKey): string {
  const input = `${segment(header)}.${segment(claims)}`;
  return `${input}.${signature(algorithm, key, input).toString('base64url')}`;
}

function hashed(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url');
}

/**
 * A token that only Graph can verify: the signature covers the hash of the header's nonce, the header shows the nonce.
 * That is how Entra keeps other services from accepting, and so forwarding, tokens that were meant for Graph.
 */
export function signGraphToken(header: JsonObject & { nonce: string }, claims: JsonObject, key: SigningKey): string {
  const signed = signToken({ ...header, nonce: hashed(header.nonce) }, claims, 'RS256', key);
  return [segment(header), ...signed.split('.').slice(1)].join('.');
}

/** The token as it was signed; any other token and any other text as it is. */
export function withHashedNonce(token: string): string {
  const [head = '', ...rest] = token.split('.');
  try {
    const header: unknown = JSON.parse(Buffer.from(head, 'base64url').toString());
    if (typeof header !== 'object' || header === null || !('nonce' in header)) return token;
    if (typeof header.nonce !== 'string') return token;
    return [segment({ ...header, nonce: hashed(header.nonce) }), ...rest].join('.');
  } catch {
    return token;
  }
}
