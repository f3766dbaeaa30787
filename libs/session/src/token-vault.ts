import { type EpochMillis, ObjectId, TenantId } from '#kernel';
import { z } from 'zod';
import type { Sealed, Sealer } from './sealer.ts';
import type { SessionTokens, StoredSession } from './session.ts';
import type { SessionDigest } from './session-id.ts';

const kept = z.object({
  accessToken: z.string(),
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
  tenantId: z.string(),
  objectId: z.string(),
});

/** Seals the tokens of sessions, each for its session only. */
export class TokenVault {
  readonly #sealer: Sealer;

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  seal(digest: SessionDigest, tokens: SessionTokens): Sealed {
    return this.#sealer.seal(JSON.stringify(tokens), boundTo(digest));
  }

  /** Undefined when the row was changed or moved, or the key is another one by now. */
  open({ digest, sealed }: Pick<StoredSession, 'digest' | 'sealed'>): SessionTokens | undefined {
    const plain = this.#sealer.open(sealed, boundTo(digest));
    if (plain === undefined) return undefined;
    const { accessToken, expiresAt, refreshToken, tenantId, objectId } = kept.parse(JSON.parse(plain));
    return {
      accessToken,
      expiresAt: expiresAt as EpochMillis,
      ...(refreshToken !== undefined && { refreshToken }),
      tenantId: TenantId.parse(tenantId, 'tenantId'),
      objectId: ObjectId.parse(objectId, 'objectId'),
    };
  }
}

function boundTo(digest: SessionDigest): string {
  return `interlock/session@v1\n${digest}`;
}
