import { readRetentionPolicy } from './retention-policy.ts';

const text = 'version: 1\nkeepDays: 30\napprover: records office\nlegalBasis: Article 5(1)(e), schedule 4\n';
const policy = readRetentionPolicy(Buffer.from(text));

describe('a retention policy', () => {
  it('is read strictly, and known by the hash of its bytes', () => {
    expect(policy).toEqual({
      rule: { policySha256: expect.stringMatching(/^[0-9a-f]{64}$/), keepDays: 30 },
      sanction: { approver: 'records office', reason: 'Article 5(1)(e), schedule 4' },
    });
  });

  it.each([
    ['no YAML', '"'],
    ['nothing', ''],
    ['another version', text.replace('1', '2')],
    ['no approver', text.replace(/approver.*\n/, '')],
    ['a key that it does not know', `${text}keepYears: 1\n`],
    ['a key twice', `${text}keepDays: 1\n`],
    ['no time at all', text.replace('30', '0')],
    ['a part of a day', text.replace('30', '1.5')],
  ])('is refused with %s', (_, given) => {
    expect(() => readRetentionPolicy(Buffer.from(given))).toThrow(/retention policy/);
  });
});
