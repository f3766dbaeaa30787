import fc from 'fast-check';
import { createdValue, daysOf, readQuery, termNames, valueOf, withValue, writeQuery } from './query-text.ts';

describe('the query text', () => {
  it('is read as terms, with negation, quotes and ranges', () => {
    expect(readQuery(' action:pause  -decision:allow rule:"a \\"b\\" c" created:2026-01-01..* ')).toEqual([
      { name: 'action', value: 'pause', negated: false },
      { name: 'decision', value: 'allow', negated: true },
      { name: 'rule', value: 'a "b" c', negated: false },
      { name: 'created', value: '2026-01-01..*', negated: false },
    ]);
    expect(readQuery('')).toEqual([]);
  });

  it.each(['nothing:here', 'action', 'action:', 'rule:"open', 'rule:a"b', 'action:pause,start: x'])(
    'is left to the broker to explain when it is not written right: %s',
    (text) => {
      expect(readQuery(text)).toBeUndefined();
    },
  );

  it('reads what it writes', () => {
    const value = fc
      .string({ minLength: 1, unit: fc.constantFrom('a', '9', ' ', '"', '\\', ':', '.', '-', '*', 'é') })
      .filter((text) => text.trim() !== '');
    const term = fc.record({ name: fc.constantFrom(...termNames), value, negated: fc.boolean() });
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), (terms) => {
        expect(readQuery(writeQuery(terms))).toEqual(terms);
      }),
    );
  });

  it('takes a value from the filters in its place, and loses it again', () => {
    const terms = readQuery('action:pause -action:read ticket:CHG1')!;
    const changed = withValue(terms, 'action', 'start');
    expect(writeQuery(changed)).toBe('action:start -action:read ticket:CHG1');
    expect(writeQuery(withValue(changed, 'action', ''))).toBe('-action:read ticket:CHG1');
    expect(valueOf(withValue(terms, 'rule', 'r'), 'rule')).toBe('r');
  });

  it('has days for both ends of a range', () => {
    expect(daysOf(readQuery('created:2026-01-01..*')!)).toEqual({ from: '2026-01-01', to: '' });
    expect(daysOf(readQuery('created:2026-01-05')!)).toEqual({ from: '2026-01-05', to: '2026-01-05' });
    expect(createdValue({ from: '', to: '2026-02-01' })).toBe('*..2026-02-01');
    expect(createdValue({ from: '', to: '' })).toBe('');
  });
});
