import { asBytes, asNumber, asText } from './column-value.ts';

describe('a value of a row', () => {
  it.each([
    [7, 7],
    ['7', 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    [null, Number.NaN],
    [undefined, Number.NaN],
    [true, Number.NaN],
    ['seven', Number.NaN],
  ])('%j is the number %d', (value, number) => {
    expect(asNumber(value)).toBe(number);
  });

  it('is text or bytes only when it is of that type', () => {
    expect([asText('x'), asText(1), asText(null)]).toEqual(['x', undefined, undefined]);
    expect([asBytes(Buffer.of(1)), asBytes('x'), asBytes(null)]).toEqual([Buffer.of(1), undefined, undefined]);
  });
});
