import { z } from 'zod';

/** Lower-case words of letters and digits, joined by `-`. */
const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';

const guid = '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}';
const jobId = '[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,199}';

export const kebabOnly = 'must be lower-case letters and digits, with "-" between words';
export const notAGuid = 'must be a GUID such as 00000000-0000-0000-0000-000000000000';

/** The name of a job, a caller, a tag or a rule. */
export const name = z
  .string()
  .max(100)
  .regex(new RegExp(`^${kebab}$`), kebabOnly);

/** What the `jobs` of a rule may list. */
export const jobSelector = z
  .string()
  .max(104)
  .regex(new RegExp(`^(?:\\*|(?:tag:)?${kebab})$`), 'must be the name of a job, "tag:" and a tag, or "*"');

/** The name of a job, or the ids of one. */
export const jobName = z
  .string()
  .max(240)
  .regex(new RegExp(`^(?:${kebab}|${guid}/${jobId})$`), 'must be the name of a job, or servicePrincipalId/jobId');

/** A list of at least one. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1);
}

/** What a reader gives for text that it cannot read: nothing, or what is wrong. */
export type Unreadable = { readonly mistake: string } | undefined;

/** The form of a job id, for {@link term}. */
export const jobIdForm = { pattern: `^${jobId}$` } as const;

/** The form of a GUID, for {@link term}. */
export const guidForm = { pattern: `^${guid}$` } as const;

/**
 * Text that `read` makes a value of. `mistake` is said where the reader itself says nothing; `form` is what JSON Schema
 * can say of such texts.
 */
export function term<Value extends object | string | number>(
  read: (text: string) => Value | Unreadable,
  mistake: string,
  form: z.core.JSONSchema.BaseSchema = {},
) {
  return z
    .string()
    .meta(form)
    .transform((text, context): Value => {
      const value = read(text) ?? { mistake };
      if (!isMistake(value)) return value;
      context.issues.push({ code: 'custom', input: text, message: value.mistake });
      return z.NEVER;
    });
}

function isMistake(value: object | string | number): value is { readonly mistake: string } {
  return typeof value === 'object' && 'mistake' in value;
}

/** Enough for every pattern and zone of a real policy. */
const maxShared = 1_000;

/** A reader that gives the same value for the same text, as long as it remembers it. */
export function shared<Value>(read: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, { readonly value: Value }>();
  return (text) => {
    const known = values.get(text);
    if (known !== undefined) return known.value;
    if (values.size >= maxShared) values.clear();
    const value = read(text);
    values.set(text, { value });
    return value;
  };
}

/** For a check across the keys of a mapping: it runs when all of them could be read, whatever else is wrong. */
export function whenRead(...keys: readonly string[]) {
  return ({ value, issues }: z.core.ParsePayload): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const unread = new Set(issues.map(({ path }) => path?.[0]));
    return keys.every((key) => key in value && !unread.has(key));
  };
}
