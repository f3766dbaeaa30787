import { randomBytes } from 'node:crypto';

/** Gives that many bytes of a cryptographic generator, each byte once. */
export type RandomBytes = (length: number) => Uint8Array;

const poolBytes = 4_096;

/** Draws from a pool, because a call into the generator per salt costs more than the hash that the salt is for. */
export function pooledRandomBytes(): RandomBytes {
  let pool = randomBytes(0);
  return (length) => {
    if (pool.length < length) pool = randomBytes(Math.max(poolBytes, length));
    const taken = pool.subarray(0, length);
    pool = pool.subarray(length);
    return taken;
  };
}
