import fc from 'fast-check';
import { readEdge } from './right-edge.ts';

const counts = fc.array(fc.constantFrom(0, 1, 2, 255), { maxLength: 4 });
const written = (levels: readonly Uint8Array[]) =>
  Buffer.concat(levels.map((level) => Buffer.concat([Buffer.of(level.length / 32), level])));
const hex = (levels: readonly Uint8Array[] | undefined) => levels?.map((level) => Buffer.from(level).toString('hex'));

describe('the right edge of a head', () => {
  it('is read level by level', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const levels = list.map((count, level) => Buffer.alloc(count * 32, level + 1));
        expect(hex(readEdge(written(levels)))).toEqual(hex(levels));
      }),
    );
  });

  it('is none when its last level is cut short', () => {
    const bytes = written([Buffer.alloc(64), Buffer.alloc(32)]);
    for (const length of [1, 64, 66, bytes.length - 1]) expect(readEdge(bytes.subarray(0, length))).toBeUndefined();
  });
});
