import fc from 'fast-check';
import { decodeEdge, encodeEdge } from './edge-bytes.ts';
import { StoreError } from './store-error.ts';

const level = fc
  .integer({ min: 0, max: 255 })
  .chain((count) => fc.uint8Array({ minLength: count * 32, maxLength: count * 32 }));

describe('the bytes of a right edge', () => {
  it('give back every edge, empty levels included', () => {
    fc.assert(
      fc.property(fc.array(level, { maxLength: 6 }), (edge) => {
        const back = decodeEdge(encodeEdge(edge));
        expect(back.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
          edge.map((bytes) => Buffer.from(bytes).toString('hex')),
        );
      }),
    );
  });

  it('cannot be made of levels that would be full or hold broken hashes', () => {
    expect(() => encodeEdge([new Uint8Array(256 * 32)])).toThrow(TypeError);
    expect(() => encodeEdge([new Uint8Array(31)])).toThrow(TypeError);
  });

  it('are refused as corrupt when they end early', () => {
    const bytes = encodeEdge([new Uint8Array(64), new Uint8Array(32)]);
    for (const length of [1, 64, 66, 97]) {
      expect(() => decodeEdge(bytes.subarray(0, length))).toThrow(StoreError);
    }
    expect(decodeEdge(bytes.subarray(0, 65))).toHaveLength(1);
  });
});
