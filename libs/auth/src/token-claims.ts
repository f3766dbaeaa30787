import { z } from 'zod';
import { ClientId, DirectoryRoleId, type GuidReader, ObjectId, TenantId } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';

function guid<Id extends string>(reader: GuidReader<Id>) {
  return z.string().transform((text, context) => {
    const id = reader.read(text);
    if (id !== undefined) return id;
    context.addIssue('not a GUID');
    return z.NEVER;
  });
}

/** Seconds since 1970 up to the end of 9999: later times have no RFC 3339 form. Milliseconds by mistake are refused too. */
const numericDate = z.number().min(0).max(253_402_300_799);

const names = z.array(z.string().min(1));

const claimsSchema = z.object({
  ver: z.string().optional(),
  iss: z.string().optional(),
  aud: z.string().optional(),
  tid: guid(TenantId).optional(),
  oid: guid(ObjectId).optional(),
  sub: z.string().optional(),
  azp: guid(ClientId).optional(),
  appid: guid(ClientId).optional(),
  idtyp: z.string().optional(),
  /** RFC 6749 §3.3: tokens of visible characters, one space between two. */
  scp: z
    .string()
    .regex(/^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/)
    .optional(),
  roles: names.optional(),
  wids: z.array(guid(DirectoryRoleId)).optional(),
  exp: numericDate.optional(),
  nbf: numericDate.optional(),
  iat: numericDate.optional(),
  uti: z.string().min(1).optional(),
  jti: z.string().min(1).optional(),
  amr: names.optional(),
  acrs: names.optional(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  upn: z.string().optional(),
  unique_name: z.string().optional(),
  /** Marks of an ID token: what they hold does not matter. */
  nonce: z.unknown().optional(),
  c_hash: z.unknown().optional(),
  at_hash: z.unknown().optional(),
});

/**
 * The claims that Interlock reads, each of the right form when it is there. Parsed before the signature is verified
 * (the key depends on `tid` and `ver`), so nothing here is to be believed before that.
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export type TokenClaims = Readonly<z.output<typeof claimsSchema>>;

/** Reads the claims; refuses `audience_malformed` and, naming the claim, `claim_malformed`. */
export function parseTokenClaims(payload: object): TokenClaims {
  const result = claimsSchema.safeParse(payload);
  if (result.success) return result.data;
  const claim = String(result.error.issues[0]?.path[0]);
  throw new AuthenticationError(claim === 'aud' ? 'audience_malformed' : 'claim_malformed', { claim });
}
