import * as fc from 'fast-check';
import { entryBundle, parseTilePath, type TileName, tilePath } from './tile.ts';

describe('tile paths', () => {
  it('are those of the tile format', () => {
    expect(tilePath({ kind: 'hashes', level: 1, index: 1_234_067 })).toBe('tile/1/x001/x234/067');
    expect(tilePath({ kind: 'entries', level: 0, index: 0, width: 7 })).toBe('tile/entries/000.p/7');
  });

  it('read back as what they name', () => {
    const name: fc.Arbitrary<TileName> = fc.oneof(
      fc.record({ kind: fc.constant('hashes' as const), level: fc.nat(63), index: fc.maxSafeNat() }),
      fc.record({
        kind: fc.constant('entries' as const),
        level: fc.constant(0),
        index: fc.nat(),
        width: fc.integer({ min: 1, max: 255 }),
      }),
    );
    fc.assert(
      fc.property(name, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it.each([
    'tile/0/1',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/00/001',
    'tile/64/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/x001/x002',
    'tile/0/001/',
    'tile/0/001\n',
    'tile/0/x999/x999/x999/x999/x999/999',
    '/tile/0/001',
    'tile/data/001',
  ])('are not %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe('entryBundle', () => {
  it('puts a length before each entry and nothing after the last', () => {
    const bundle = entryBundle([Buffer.from('ab'), Buffer.alloc(300, 0x2e)]);
    expect(Buffer.from(bundle.subarray(0, 6))).toEqual(Buffer.from([0, 2, 0x61, 0x62, 1, 44]));
    expect(bundle).toHaveLength(2 + 2 + 2 + 300);
    expect(() => entryBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: 'range_invalid' }) as Error,
    );
  });
});
