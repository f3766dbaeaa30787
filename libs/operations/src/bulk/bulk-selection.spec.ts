import { type JobRef, parseJobRef } from '#kernel';
import { readPolicy } from '#policy';
import { choiceOf, selectedBy } from './bulk-selection.ts';

const principal = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
const reading = readPolicy(
  Buffer.from(`
version: 1
jobs:
  one: { servicePrincipalId: ${principal(1)}, jobId: one, tags: [a] }
  same: { servicePrincipalId: ${principal(2)}, jobId: two, tags: [a] }
  whole: { servicePrincipalId: ${principal(2)}, tags: [a, b] }
rules: [{ id: locked, effect: deny, jobs: ["*"] }]
`),
  'policy.yaml',
);
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { catalog } = reading.policy;
const whole = { servicePrincipalId: principal(2) };

describe('a selector', () => {
  it('means the entries of a tag, and a job of a whole service principal not twice', () => {
    expect(selectedBy({ kind: 'tag', tag: 'a' }, catalog)).toEqual([parseJobRef(principal(1), 'one'), whole]);
  });

  it('means the named entries in their order, each once', () => {
    const aliases = ['same', 'one', 'same'];
    expect(selectedBy({ kind: 'aliases', aliases }, catalog)).toEqual([
      parseJobRef(principal(2), 'two'),
      parseJobRef(principal(1), 'one'),
    ]);
  });

  it('means a service principal whether or not the catalog has it', () => {
    const { servicePrincipalId } = parseJobRef(principal(9), 'any');
    expect(selectedBy({ kind: 'servicePrincipalId', servicePrincipalId }, catalog)).toEqual([{ servicePrincipalId }]);
  });

  it('that means nothing, or a name that is none, is refused', () => {
    expect(() => selectedBy({ kind: 'tag', tag: 'c' }, catalog)).toThrow(
      expect.objectContaining({ code: 'selector_empty' }),
    );
    expect(() => selectedBy({ kind: 'aliases', aliases: ['one', 'two'] }, catalog)).toThrow(
      expect.objectContaining({ code: 'job_unknown', message: 'The policy names no job "two".' }),
    );
  });
});

describe('the jobs of an operation', () => {
  const jobs = (count: number): readonly JobRef[] =>
    Array.from({ length: count }, (_, at) => parseJobRef(principal(3), `job-${at}`));

  it('have their names, of their own or of their service principal', () => {
    const chosen = choiceOf([parseJobRef(principal(1), 'one'), parseJobRef(principal(2), 'x'), ...jobs(1)], catalog);
    expect(chosen.map(({ alias }) => alias)).toEqual(['one', 'whole', undefined]);
  });

  it('are 1 to 500, and who means more is told how to split them', () => {
    expect(choiceOf(jobs(500), catalog)).toHaveLength(500);
    expect(() => choiceOf(jobs(501), catalog)).toThrow(
      expect.objectContaining({
        code: 'too_many_jobs',
        message: expect.stringMatching(/501 jobs.*at most 500.*Split/),
      }),
    );
    expect(() => choiceOf([], catalog)).toThrow(expect.objectContaining({ code: 'selector_empty' }));
  });
});
