import fc from 'fast-check';
import type { EpochMillis } from '#kernel';
import type { AuditQuery, QueryTerm } from './audit-query.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery, withTerm } from './parse-query.ts';
import { QueryMalformed } from './query-malformed.ts';

const guid = '5c0c0000-0000-4000-8000-00000000000a';
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('a query text', () => {
  it('is terms that all hold, with "-" for "not"', () => {
    expect(parseQuery(`application:${guid.toUpperCase()}  outcome:unknown -action:read`)).toEqual([
      { kind: 'value', field: 'application', value: guid, negated: false },
      { kind: 'value', field: 'outcome', value: 'unknown', negated: false },
      { kind: 'value', field: 'action', value: 'read', negated: true },
    ]);
    expect(parseQuery('  ')).toEqual([]);
  });

  it('takes days whole and times to the millisecond', () => {
    expect(parseQuery('created:2026-01-01..2026-02-01')).toEqual([
      { kind: 'created', from: day('2026-01-01'), to: day('2026-02-02') - 1, negated: false },
    ]);
    expect(parseQuery('created:2026-01-01T01:00:00+01:00..*')).toEqual([
      { kind: 'created', from: day('2026-01-01'), negated: false },
    ]);
    expect(parseQuery('index:*..7 -index:3')).toEqual([
      { kind: 'index', to: 7, negated: false },
      { kind: 'index', from: 3, to: 3, negated: true },
    ]);
  });

  it('takes values with spaces in double quotes', () => {
    expect(parseQuery(String.raw`ticket:"a \"b\" \\ c"`)).toEqual([
      { kind: 'value', field: 'ticket', value: String.raw`a "b" \ c`, negated: false },
    ]);
  });

  it.each(['pause.intent', 'self-check.outcome', 'log.key.rotated', 'log.anchor_failed'])(
    'finds every type of event by its name: %s',
    (type) => {
      expect(parseQuery(`type:${type}`)).toEqual([{ kind: 'value', field: 'type', value: type, negated: false }]);
    },
  );

  it.each([
    ['type:pause', 5, 'a type of event'],
    ['outcome:good', 8, 'one of success, failure'],
    ['action:read colour:red', 12, 'one of actor'],
    ['action', 6, '":"'],
    ['action:', 7, 'a value'],
    ['rule:""', 5, 'a value'],
    ['rule:"a', 7, 'closing'],
    [String.raw`rule:"a\n"`, 8, 'double quote or a backslash'],
    ['rule:a"b', 6, 'a space'],
    ['rule:a\tb', 6, 'a space'],
    ['action:read action:pause', 12, 'action only once'],
    ['- action:read', 1, 'one of actor'],
    ['application:hr-portal', 12, 'a GUID'],
    ['created:2026-02-31', 8, 'a date'],
    ['created:2026-02-01..2026-13-01', 20, 'a date'],
    ['created:2026-02-02..2026-02-01', 8, 'ends after'],
    ['created:*..*', 8, 'one end at least'],
    ['created:0000-01-01T00:00:00+23:00', 8, 'a date'],
    ['index:1..x', 9, 'an index'],
    ['index:9007199254740993', 6, 'an index'],
    ['x'.repeat(1001), 1000, 'at most 1000'],
  ])('that is wrong is refused with the place: %s', (text, offset, expected) => {
    let refusal: unknown;
    try {
      parseQuery(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(QueryMalformed);
    expect(refusal).toMatchObject({ offset, expected: expect.stringContaining(expected), parameter: 'q' });
  });

  it('joins with parameters of their own, unless both say the same field', () => {
    expect(formatQuery(withTerm(parseQuery('-action:read'), 'ticket', 'CHG 1'))).toBe('-action:read ticket:"CHG 1"');
    expect(() => withTerm(parseQuery('action:read'), 'action', 'pause')).toThrow(
      expect.objectContaining({ parameter: 'action', offset: 0 }),
    );
    expect(() => withTerm([], 'rule', 'a\nb')).toThrow(QueryMalformed);
  });
});

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 200 })
  .filter((made) => made.length <= 200 && made.isWellFormed() && !/\p{Cc}/u.test(made));
const at = fc
  .integer({ min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') })
  .map((value) => value as EpochMillis);
const negated = fc.boolean();
const rangeOf = <Value extends number>(value: fc.Arbitrary<Value>) =>
  fc
    .tuple(fc.option(value, { nil: undefined }), fc.option(value, { nil: undefined }))
    .filter(([from, to]) => (from ?? to) !== undefined && (from === undefined || to === undefined || from <= to))
    .map(([from, to]) => ({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }));
const term: fc.Arbitrary<QueryTerm> = fc.oneof(
  fc.record({
    kind: fc.constant('value' as const),
    field: fc.constantFrom('rule' as const, 'ticket' as const, 'request' as const, 'client-request' as const),
    value: text,
    negated,
  }),
  fc.tuple(rangeOf(at), negated).map(([range, not]) => ({ kind: 'created' as const, ...range, negated: not })),
  fc
    .tuple(rangeOf(fc.maxSafeNat()), negated)
    .map(([range, not]) => ({ kind: 'index' as const, ...range, negated: not })),
);
const query: fc.Arbitrary<AuditQuery> = fc
  .uniqueArray(term, {
    maxLength: 4,
    selector: (one) => (one.negated ? one : one.kind === 'value' ? one.field : one.kind),
  })
  .filter((made) => formatQuery(made).length <= 1000);

describe('the text that a query is written as', () => {
  it('is read as the same query, whatever it asks for', () => {
    fc.assert(
      fc.property(query, (made) => {
        expect(parseQuery(formatQuery(made))).toEqual(made);
      }),
    );
  });

  it('of anything that can be read is read as the same and written as the same', () => {
    const names = [
      'action:read',
      '-rule:"x y"',
      'index:5',
      'created:2026-01-01',
      'actor:AAAAAAAAAAAAAAAAAAAAAA',
      '"',
      ':',
      '-',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...names), fc.string()), { maxLength: 6 }), (parts) => {
        let read: AuditQuery;
        try {
          read = parseQuery(parts.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(QueryMalformed);
          return;
        }
        expect(parseQuery(formatQuery(read))).toEqual(read);
      }),
    );
  });
});
