import { z } from 'zod';
import { type Mistake, type Path, quote } from './policy-problem.ts';
import type { PolicyFile } from './policy-shape.ts';

// Read leniently, whatever else is wrong with the file: a typo in one rule must not hide an unknown caller in another.
const text = z.string().optional().catch(undefined);
const texts = z.array(z.unknown()).catch([]);
const entries = <Entry extends z.ZodType>(entry: Entry) => z.record(z.string(), entry).optional().catch(undefined);

const cases = z
  .array(z.object({ caller: z.unknown(), job: text, rule: text }).optional().catch(undefined))
  .optional()
  .catch(undefined);

const outline = z
  .object({
    jobs: entries(
      z.object({ servicePrincipalId: text, jobId: z.unknown().optional(), tags: texts }).optional().catch(undefined),
    ),
    callers: entries(z.unknown()),
    rules: z
      .array(z.object({ id: text, callers: texts, jobs: texts }).optional().catch(undefined))
      .optional()
      .catch(undefined),
    tests: cases,
  })
  .catch({});

type Outline = z.output<typeof outline>;

/** What is wrong between the parts of a file: names that nothing has, and what may be there only once. */
export function checkReferences(value: unknown): readonly Mistake[] {
  const file = outline.parse(value);
  return [...sameJobs(file), ...sameRuleIds(file), ...unknownNames(file), ...unknownInCases(file.tests, file)];
}

/** What is wrong with the names in a file of cases, beside the policy that they are for. */
export function checkCaseReferences(value: unknown, policy: PolicyFile): readonly Mistake[] {
  return unknownInCases(z.object({ tests: cases }).catch({ tests: [] }).parse(value).tests, policy);
}

function sameJobs({ jobs = {} }: Outline): readonly Mistake[] {
  const seen = new Map<string, string>();
  return Object.entries(jobs).flatMap(([alias, job]): Mistake[] => {
    if (job?.servicePrincipalId === undefined) return [];
    const reference = JSON.stringify([job.servicePrincipalId.toLowerCase(), job.jobId]);
    const first = seen.get(reference);
    if (first === undefined) {
      seen.set(reference, alias);
      return [];
    }
    return [{ path: ['jobs', alias], code: 'duplicate_job', message: `is the same job as ${quote(first)}`, at: 'key' }];
  });
}

function sameRuleIds({ rules = [] }: Outline): readonly Mistake[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index): Mistake[] => {
    const id = rule?.id;
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [
      { path: ['rules', index, 'id'], code: 'duplicate_rule', message: 'is the id of a rule above', at: 'value' },
    ];
  });
}

function unknownNames({ jobs = {}, callers = {}, rules = [] }: Outline): readonly Mistake[] {
  const tags = new Set(Object.values(jobs).flatMap((job) => job?.tags ?? []));
  const isJob = (name: string) =>
    name === '*' || (name.startsWith('tag:') ? tags.has(name.slice(4)) : Object.hasOwn(jobs, name));
  return rules.flatMap((rule, index) => [
    ...missing(
      rule?.callers,
      (name) => Object.hasOwn(callers, name),
      (at) => ['rules', index, 'callers', at],
      'caller',
    ),
    ...missing(rule?.jobs, isJob, (at) => ['rules', index, 'jobs', at], 'job or tag'),
  ]);
}

/** The parts of a policy that cases name. */
interface Named {
  readonly jobs?: object | undefined;
  readonly callers?: object | undefined;
  readonly rules?: readonly ({ readonly id?: string | undefined } | undefined)[] | undefined;
}

function unknownInCases(
  tests: z.output<typeof cases> = [],
  { jobs = {}, callers = {}, rules = [] }: Named,
): readonly Mistake[] {
  const ids = new Set(rules.map((rule) => rule?.id));
  const isJob = (name: string): boolean => name.includes('/') || Object.hasOwn(jobs, name);
  return tests.flatMap((test, index) => {
    const path = ['tests', index] as const;
    const caller = test?.caller;
    const isList = Array.isArray(caller);
    const who: readonly unknown[] = isList ? caller : [caller];
    const callerPath = (position: number) => [...path, 'caller', ...(isList ? [position] : [])];
    return [
      ...missing(who, (name) => Object.hasOwn(callers, name), callerPath, 'caller'),
      ...missing([test?.job], isJob, () => [...path, 'job'], 'job'),
      ...missing(
        [test?.rule],
        (id) => ids.has(id),
        () => [...path, 'rule'],
        'rule',
      ),
    ];
  });
}

function missing(
  names: readonly unknown[] = [],
  exists: (name: string) => boolean,
  pathOf: (position: number) => Path,
  kind: string,
): readonly Mistake[] {
  return names.flatMap((name, index): Mistake[] => {
    if (typeof name !== 'string' || exists(name)) return [];
    const message = `there is no ${kind} ${quote(name)}`;
    return [{ path: pathOf(index), code: 'unknown_reference', message, at: 'value' }];
  });
}
