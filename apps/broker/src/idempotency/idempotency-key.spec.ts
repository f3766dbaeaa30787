import { readIdempotencyKey } from './idempotency-key.ts';

describe('an Idempotency-Key', () => {
  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e"', '8e03978e'],
    [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ['!~', '!~'],
    ['k'.repeat(255), 'k'.repeat(255)],
  ])('may be given bare or as a structured-field string: %s', (given, key) => {
    expect(readIdempotencyKey([given])).toBe(key);
  });

  it.each([
    [''],
    ['""'],
    ['"a'],
    ['"a" '.repeat(2)],
    [String.raw`"a\b"`],
    ['a b'],
    ['é'],
    ['k'.repeat(256)],
    ['"a";b=1'],
  ])('is none when it is %j', (given) => {
    expect(() => readIdempotencyKey([given])).toThrow(expect.objectContaining({ code: 'idempotency_key_malformed' }));
  });

  it('is given once', () => {
    for (const lines of [[], ['a', 'b'], ['a', 'a']]) {
      expect(() => readIdempotencyKey(lines)).toThrow(/given once/);
    }
  });
});
