import { type EpochMillis, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import fc from 'fast-check';
import type { PolicyRequest } from '../decision.ts';
import { maxTicketLength, TicketCondition, TicketPattern } from './ticket.ts';

function pattern(source: string): TicketPattern {
  const read = TicketPattern.read(source);
  if (!(read instanceof TicketPattern)) throw new Error(read.mistake);
  return read;
}

function asking(ticket?: string): PolicyRequest {
  return {
    caller: someApplication(),
    action: 'pause',
    servicePrincipalId: ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId'),
    justification: ticket === undefined ? {} : { ticket },
    at: 0 as EpochMillis,
  };
}

describe('a ticket', () => {
  const condition = new TicketCondition(pattern('CHG[0-9]{7}'));

  it('must match as a whole', () => {
    const tickets = ['CHG1234567', 'CHG12345678', 'xCHG1234567', 'CHG1234567\n', '\nCHG1234567', 'chg1234567', ''];
    expect(tickets.filter((ticket) => condition.holds(asking(ticket)))).toEqual(['CHG1234567']);
  });

  it('must be there, even for a pattern that matches nothing at all', () => {
    expect(new TicketCondition(pattern('.*')).holds(asking())).toBe(false);
    expect(new TicketCondition(pattern('.*')).holds(asking(''))).toBe(true);
  });

  it(`is at most ${maxTicketLength} characters, whatever the pattern`, () => {
    const any = new TicketCondition(pattern('(?s).*'));
    expect(any.holds(asking('x'.repeat(maxTicketLength)))).toBe(true);
    expect(any.holds(asking('x'.repeat(maxTicketLength + 1)))).toBe(false);
  });

  it('is not repeated when it does not match', () => {
    expect(condition.explain(asking('my password'))).toEqual({ expected: 'must match CHG[0-9]{7}', got: 'no match' });
    expect(condition.explain(asking())).toEqual({ expected: 'must match CHG[0-9]{7}', got: 'none' });
    expect(condition.explain(asking('x'.repeat(200)))).toEqual({
      expected: 'must match CHG[0-9]{7}, at most 128 characters',
      got: '200 characters',
    });
  });

  it('is not taken for the one judged before it', () => {
    const shared = pattern('a');
    expect(['a', 'b', 'a', 'a', 'b'].map((ticket) => shared.matches(ticket))).toEqual([true, false, true, true, false]);
  });
});

describe('a ticket pattern', () => {
  const sources = ['a|ab', '(a|ab)(c|bcd)', 'a*?b?', '(?:ab)+|a', '[^a]{1,3}', 'a.c|b$', '^a|b', '(a+)+', ''];

  it('agrees with the regular expressions of the language, anchored at both ends', () => {
    const agree = fc.property(
      fc.constantFrom(...sources),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', '\n'), maxLength: 8 }),
      (source, ticket) => {
        expect(pattern(source).matches(ticket)).toBe(new RegExp(`^(?:${source})$`).test(ticket));
      },
    );
    fc.assert(agree, { numRuns: 1_500 });
  });

  it.each(['(a', '[z-a]', 'a**', '(?=a)', '\\1', 'a{1001}', '(?<=a)b'])('is not %s', (source) => {
    expect(TicketPattern.read(source)).toEqual({ mistake: expect.stringMatching(/^is not an RE2 pattern: ./) });
  });

  it('may not be one that takes long to match', () => {
    expect(TicketPattern.read('(a?){900}')).toEqual({ mistake: 'is too large a pattern: repeat less' });
  });
});
