import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ClaimedRequest } from './claimed-request.ts';
import type { KeptReply } from './replayed-reply.ts';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

const keptReply = z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });

/**
 * A reply under a key that only whoever sends the Idempotency-Key has: replies name people and reasons, which must not
 * be read from the database where no erasure reaches them. Nonce, ciphertext, tag.
 */
export function sealReply(reply: KeptReply, request: ClaimedRequest): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, keyOf(request), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(reply), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** Throws when it was sealed for another request. */
export function openReply(sealed: Uint8Array, request: ClaimedRequest): KeptReply {
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv(algorithm, keyOf(request), sealed.subarray(0, nonceLength));
  decipher.setAuthTag(sealed.subarray(end));
  const opened = Buffer.concat([decipher.update(sealed.subarray(nonceLength, end)), decipher.final()]);
  return keptReply.parse(JSON.parse(opened.toString('utf8')));
}

function keyOf({ key, holder }: ClaimedRequest): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, holder.id, 'interlock kept reply', 32));
}
