import { readBearerToken } from './bearer-token.ts';

const refusal = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('readBearerToken', () => {
  it('takes the token, whatever the case of the scheme', () => {
    expect(readBearerToken('Bearer a.b-c_d.e')).toBe('a.b-c_d.e');
    expect(readBearerToken('bEARER   a.b.c')).toBe('a.b.c');
  });

  it.each([
    [undefined, 'token_missing'],
    ['', 'token_missing'],
    ['Basic dXNlcjpwYXNz', 'scheme_unsupported'],
    ['Bearerish a.b.c', 'scheme_unsupported'],
    ['a.b.c', 'scheme_unsupported'],
    [' Bearer a.b.c', 'scheme_unsupported'],
    ['Bearer', 'token_malformed'],
    ['Bearer ', 'token_malformed'],
    ['Bearer a.b.c d.e.f', 'token_malformed'],
    ['Bearer a.b.c, Bearer d.e.f', 'token_malformed'],
    ['Bearer "a.b.c"', 'token_malformed'],
    ['Bearer a.b.c\n', 'token_malformed'],
    ['Bearer a.b.\u00e9', 'token_malformed'],
  ])('refuses %j: %s', (header, code) => {
    expect(() => readBearerToken(header)).toThrow(refusal(code));
  });

  it('takes 16 KiB and not a byte more', () => {
    const largest = 'a'.repeat(16_384);
    expect(readBearerToken(`Bearer ${largest}`)).toBe(largest);
    expect(() => readBearerToken(`Bearer ${largest}a`)).toThrow(refusal('token_too_large'));
  });
});
