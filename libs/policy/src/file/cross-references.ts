import { z } from 'zod';
import { type Mistake, type Path, quote } from './policy-problem.ts';

// Read leniently, whatever else is wrong with the file: a typo in one rule must not hide an unknown caller in another.
const text = z.string().optional().catch(undefined);
const texts = z.array(z.unknown()).catch([]);
const entries = <Entry extends z.ZodType>(entry: Entry) => z.record(z.string(), entry).optional().catch(undefined);

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
  })
  .catch({});

type Outline = z.output<typeof outline>;

/** What is wrong between the parts of a file: names that nothing has, and what may be there only once. */
export function checkReferences(value: unknown): readonly Mistake[] {
  const file = outline.parse(value);
  return [...sameJobs(file), ...sameRuleIds(file), ...unknownNames(file)];
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
    ...missing(rule?.callers, (name) => Object.hasOwn(callers, name), ['rules', index, 'callers'], 'caller'),
    ...missing(rule?.jobs, isJob, ['rules', index, 'jobs'], 'job or tag'),
  ]);
}

function missing(
  names: readonly unknown[] = [],
  exists: (name: string) => boolean,
  path: Path,
  kind: string,
): readonly Mistake[] {
  return names.flatMap((name, index): Mistake[] => {
    if (typeof name !== 'string' || exists(name)) return [];
    const message = `there is no ${kind} ${quote(name)}`;
    return [{ path: [...path, index], code: 'unknown_reference', message, at: 'value' }];
  });
}
