export type Hashes = readonly Uint8Array[];
/** One way to spoil a list of hashes; undefined where it would change nothing. */
type Spoil = (hashes: Hashes, at: number, bit: number) => Hashes | undefined;

/** The hash with one bit turned. */
export const flip = (hash: Uint8Array, bit: number): Uint8Array => {
  const copy = Buffer.from(hash);
  const at = Math.floor(bit / 8) % 32;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
};
/** All ways, by what they do. */
export const spoils: Readonly<Record<string, Spoil>> = {
  'a flipped bit': (hashes, at, bit) =>
    hashes.length === 0
      ? undefined
      : hashes.map((hash, place) => (place === at % hashes.length ? flip(hash, bit) : hash)),
  'two swapped hashes': (hashes, at) => {
    if (hashes.length < 2) return undefined;
    const one = at % (hashes.length - 1);
    return hashes.map((hash, place) => hashes[place === one ? one + 1 : place === one + 1 ? one : place] ?? hash);
  },
  'a missing first hash': (hashes) => (hashes.length === 0 ? undefined : hashes.slice(1)),
  'a missing last hash': (hashes) => (hashes.length === 0 ? undefined : hashes.slice(0, -1)),
  'no hash at all': (hashes) => (hashes.length === 0 ? undefined : []),
  'a hash too many at the end': (hashes, _at, bit) => [...hashes, flip(new Uint8Array(32), bit)],
  'a hash too many at the start': (hashes, _at, bit) => [flip(new Uint8Array(32), bit), ...hashes],
  'a doubled hash': (hashes, at) => {
    const place = at % Math.max(1, hashes.length);
    return hashes.length === 0 ? undefined : hashes.toSpliced(place, 0, hashes[place] ?? new Uint8Array(32));
  },
  'a short hash': (hashes, at) =>
    hashes.length === 0
      ? undefined
      : hashes.map((hash, place) => (place === at % hashes.length ? hash.subarray(0, 31) : hash)),
  'a long hash': (hashes, at) =>
    hashes.length === 0
      ? undefined
      : hashes.map((hash, place) => (place === at % hashes.length ? Buffer.concat([hash, Buffer.of(0)]) : hash)),
};
