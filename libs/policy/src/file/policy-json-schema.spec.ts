import { readFileSync } from 'node:fs';
import { smallCatalog, smallRules } from '#testing';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { policyJsonSchema } from './policy-json-schema.ts';
import { readPolicy } from './read-policy.ts';

/** What an editor would say: the schema as text, read back on its own. */
const checked = z.fromJSONSchema(JSON.parse(JSON.stringify(policyJsonSchema())) as z.core.JSONSchema.JSONSchema);
const accepts = (value: unknown): boolean => checked.safeParse(value).success;
const reads = (value: unknown): boolean => readPolicy(Buffer.from(JSON.stringify(value)), 'policy.yaml').ok;

const root = new URL('../../../../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, root), 'utf8');
const example = (): unknown => parse(/```yaml\n(.*?)```/s.exec(text('docs/policy.md'))?.[1] ?? '');

const id = '70000000-0000-4000-8000-000000000001';
const job = { servicePrincipalId: id, jobId: 'one', tags: ['hr'] };
const caller = { tenant: id, application: id };
const rule = { id: 'r', effect: 'allow', callers: ['c'], actions: ['pause'], jobs: ['a'] };
const hours = { zone: 'UTC', from: '08:00', to: '24:00' };
const test = { name: 'n', caller: 'c', action: 'pause', job: 'a', at: '2026-01-05T10:00:00Z', expect: 'allow' };
const file = (parts: object = {}) => ({
  version: 1,
  jobs: { a: job },
  callers: { c: caller },
  rules: [rule],
  ...parts,
});
const withRule = (parts: object) => file({ rules: [{ ...rule, ...parts }] });
const withCaller = (parts: object) => file({ callers: { c: parts } });
const withTest = (parts: object) => file({ tests: [{ ...test, ...parts }] });

describe('the JSON Schema of a policy file', () => {
  it.each([
    ['the example in docs/policy.md', example()],
    ['the policy of compose', parse(text('docker/policy.yaml'))],
    ['the policy of the demo', parse(text('tools/demo/policy.yaml'))],
    [
      'a rule with all that a rule can have',
      withRule({
        description: 'd',
        wide: true,
        startQuarantined: false,
        breakGlass: true,
        during: [{ from: '2026-12-20T00:00:00+01:00' }],
        windows: [{ ...hours, days: ['mon'] }],
        limit: { requests: 30, per: 'PT1M' },
        require: { reason: { minLength: 1 }, ticket: { pattern: '[0-9]' }, maxDuration: 'P1DT2H' },
      }),
    ],
    ['one period', withRule({ during: { to: '2026-12-20T00:00:00.5Z' } })],
    [
      'every kind of caller',
      file({
        callers: {
          c: caller,
          u: { tenant: id, user: id, via: id },
          r: { tenant: id, role: 'Ops' },
          d: { tenant: id, directoryRole: 'GlobalReader' },
          e: { tenant: id, directoryRole: id.toUpperCase() },
        },
      }),
    ],
    [
      'cases',
      file({
        tests: [
          test,
          { ...test, caller: ['c'], job: `${id}/x.y`, rule: 'r' },
          {
            ...test,
            caller: [],
            expect: 'deny',
            code: 'no_matching_rule',
            justification: { reason: 'x', duration: 'PT1H' },
          },
        ],
      }),
    ],
  ])('accepts what the broker accepts: %s', (_, value) => {
    expect(reads(value)).toBe(true);
    expect(checked.safeParse(value).error).toBeUndefined();
  });

  it('accepts every policy that can be made up', () => {
    const agree = fc.property(smallRules({ conditional: true }), smallCatalog, (rules, jobs) => {
      const callers = { portal: caller, ann: caller, ops: caller, 'ops-by-portal': caller };
      return accepts({ version: 1, jobs, callers, rules });
    });
    fc.assert(agree);
  });

  it.each([
    ['no version', file({ version: undefined })],
    ['another version', file({ version: 2 })],
    ['no rules', file({ rules: [] })],
    ['an unknown key', file({ extra: 1 })],
    ['an unknown key of a rule', withRule({ when: 'now' })],
    ['a bad name', file({ jobs: { 'A b': job } })],
    ['a bad GUID', withCaller({ ...caller, tenant: 'x' })],
    ['a bad job id', file({ jobs: { a: { ...job, jobId: 'a/b' } } })],
    ['an empty list of tags', file({ jobs: { a: { ...job, tags: [] } } })],
    ['a caller who is nobody', withCaller({ tenant: id })],
    ['a caller who is two', withCaller({ tenant: id, user: id, role: 'x' })],
    ['via of an application', withCaller({ ...caller, via: id })],
    ['an unknown directory role', withCaller({ tenant: id, directoryRole: 'Janitor' })],
    ['an unknown effect', withRule({ effect: 'permit' })],
    ['no effect', withRule({ effect: undefined })],
    ['an unknown action', withRule({ actions: ['restart'] })],
    ['an allow without callers', withRule({ callers: undefined })],
    ['requirements of a deny', withRule({ effect: 'deny', require: { maxDuration: 'PT1H' } })],
    ['empty requirements', withRule({ require: {} })],
    ['a reason of no length', withRule({ require: { reason: { minLength: 0 } } })],
    ['an empty pattern', withRule({ require: { ticket: { pattern: '' } } })],
    ['a bad duration', withRule({ require: { maxDuration: 'P1M' } })],
    ['no duration', withRule({ require: { maxDuration: 'P' } })],
    ['an offset for a zone', withRule({ windows: [{ ...hours, zone: '+02:00' }] })],
    ['an hour that no clock shows', withRule({ windows: [{ ...hours, to: '24:01' }] })],
    ['an unknown day', withRule({ windows: [{ ...hours, days: ['monday'] }] })],
    ['a period without an end', withRule({ during: {} })],
    ['no periods', withRule({ during: [] })],
    ['a time without zone', withRule({ during: { from: '2026-12-20T00:00:00' } })],
    ['an unknown key of a period', withRule({ during: { until: '2026-12-20T00:00:00Z' } })],
    ['a limit of nothing', withRule({ limit: { requests: 0, per: 'PT1M' } })],
    ['a limit without time', withRule({ limit: { requests: 1 } })],
    ['breakGlass: false', withRule({ breakGlass: false })],
    ['a case without time', withTest({ at: undefined })],
    ['a case about nobody by name', withTest({ caller: 7 })],
    ['a case with an unknown code', withTest({ expect: 'deny', code: 'no' })],
  ])('refuses what the broker refuses: %s', (_, value) => {
    const asFile: unknown = JSON.parse(JSON.stringify(value));
    expect(reads(asFile)).toBe(false);
    expect(accepts(asFile)).toBe(false);
  });

  it('is the committed one', () => {
    expect(JSON.parse(text('docs/policy.schema.json'))).toEqual(policyJsonSchema());
  });
});
