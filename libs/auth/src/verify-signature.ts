import { compactVerify, errors } from 'jose';
import { AuthenticationError } from './authentication-error.ts';
import type { SigningKey } from './signing-key.ts';

/** Verifies the RS256 signature of a compact JWS; refuses `signature_invalid`. Does not look at any claim. */
export async function verifySignature(token: string, { key }: SigningKey): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: ['RS256'] });
  } catch (cause) {
    if (cause instanceof errors.JOSEError) throw new AuthenticationError('signature_invalid', { cause });
    throw cause;
  }
}
