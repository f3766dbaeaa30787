import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { TlogError } from './tlog-error.ts';

function refusal(value: unknown): string {
  try {
    canonicalJson(value);
  } catch (error) {
    if (error instanceof TlogError && error.code === 'not_canonical') return error.message;
    throw error;
  }
  return 'accepted';
}

const binary = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed().replaceAll('\0', ''));
const text = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), binary);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', maxDepth: 7 }, tie('scalar'), tie('array'), tie('object')),
  scalar: fc.oneof(fc.maxSafeInteger(), fc.boolean(), fc.constant(null), text),
  array: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(text, tie('value'), { maxKeys: 8 }),
}));

describe('canonicalJson', () => {
  it('writes what an independent implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 600 },
    );
  });

  it('writes text that reads back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('sorts names by UTF-16 code units, at every level', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
    expect(canonicalJson([{ b: { d: 1, c: 2 }, a: [] }])).toBe('[{"a":[],"b":{"c":2,"d":1}}]');
  });

  it('escapes only what RFC 8785 escapes', () => {
    expect(canonicalJson('\u0001\b\t\n\f\r"\\/\u007f\u2028<')).toBe('"\\u0001\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028<"');
  });

  it.each<[string, unknown, string]>([
    ['a fraction', { a: { b: [1, 1.5] } }, '$.a.b[1]'],
    ['an unsafe integer', { n: 2 ** 53 }, '$.n'],
    ['NaN', [Number.NaN], '$[0]'],
    ['undefined', { a: undefined }, '$.a'],
    ['a hole', Object.assign(new Array<number>(3), { 0: 1, 2: 3 }), '$[1]'],
    ['a bigint', { a: 1n }, '$.a'],
    ['a function', { toJSON: () => 'x' }, '$.toJSON'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', new Map(), '$ '],
    ['a lone surrogate', { s: '\ud800x' }, '$.s'],
    ['a lone surrogate in a name', { '\udc00': 1 }, '$.\ufffd'],
    ['U+0000', { s: 'a\0' }, '$.s'],
    ['a ninth level', [[[[[[[[[]]]]]]]]], '$[0][0][0][0][0][0][0][0]'],
  ])('refuses %s and names its path', (_kind, value, path) => {
    expect(refusal(value)).toContain(path);
  });

  it('takes eight levels', () => {
    expect(canonicalJson([[[[[[[{ a: 1 }]]]]]]])).toBe('[[[[[[[{"a":1}]]]]]]]');
  });
});
