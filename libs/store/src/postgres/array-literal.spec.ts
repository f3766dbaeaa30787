import { asParameter } from './array-literal.ts';

describe('asParameter', () => {
  it('writes lists as PostgreSQL reads arrays, whatever is in their texts', () => {
    expect(asParameter(['a', null, 'NULL', '', 'x"y\\z', '{a,b}', 'é\n'])).toBe(
      String.raw`{"a",NULL,"NULL","","x\"y\\z","{a,b}","é` + '\n"}',
    );
    expect(asParameter([0, -1, 2 ** 53 - 1])).toBe('{0,-1,9007199254740991}');
    expect(asParameter([Buffer.from([0, 255]), new Uint8Array(Buffer.from('_a_')).subarray(1, 2)])).toBe(
      String.raw`{"\\x00ff","\\x61"}`,
    );
    expect(asParameter([])).toBe('{}');
  });

  it('leaves all else to the driver', () => {
    const bytes = Buffer.from('x');
    expect(asParameter(bytes)).toBe(bytes);
    expect([asParameter('{}'), asParameter(1), asParameter(null), asParameter(undefined)]).toEqual([
      '{}',
      1,
      null,
      undefined,
    ]);
  });
});
