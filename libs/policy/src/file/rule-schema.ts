import { actions } from '#kernel';
import { z } from 'zod';
import { TicketPattern } from '../conditions/ticket.ts';
import { readDuration } from '../time/iso-duration.ts';
import { jobSelector, list, name, shared, term, whenRead } from './schema-terms.ts';
import { duringSchema, windowsSchema } from './time-schema.ts';

const pattern = term(
  shared((text) => TicketPattern.read(text)),
  'is not an RE2 pattern',
);
/** A length of time. */
export const duration = term(readDuration, 'must be an ISO 8601 duration without years and months, such as PT4H', {
  pattern: '^P(?:\\d{1,4}W|(?=\\d|T)(?:\\d{1,4}D)?(?:T(?=\\d)(?:\\d{1,5}H)?(?:\\d{1,7}M)?(?:\\d{1,9}S)?)?)$',
});

const requirement = z
  .strictObject({
    reason: z.strictObject({ minLength: z.int().min(1).max(1000).describe('Characters.') }).exactOptional(),
    ticket: z
      .strictObject({ pattern: z.string().min(1).max(256).describe('RE2; matches the whole ticket.').pipe(pattern) })
      .exactOptional(),
    maxDuration: duration.exactOptional().describe('Of a pause: how far away its end may be.'),
  })
  .refine((given) => Object.keys(given).length > 0, 'must not be empty')
  .meta({ minProperties: 1 });

const limit = z.strictObject({
  requests: z.int().min(1).max(1_000_000),
  per: duration
    .refine(({ millis }) => millis >= 1_000 && millis <= 86_400_000, 'must be from PT1S to P1D')
    .describe('ISO 8601, PT1S to P1D.'),
});

/** How often, as written. */
export type LimitInFile = z.output<typeof limit>;

const both = {
  id: name.describe('Unique; named by decisions and in the audit log.'),
  description: z.string().max(2000).exactOptional(),
  wide: z.literal(true).exactOptional().describe('Says that covering so many jobs is meant; lint then keeps silent.'),
  windows: windowsSchema.exactOptional(),
  during: duringSchema.exactOptional(),
};
const scope = {
  callers: list(name).describe('Names of callers. Absent on deny: everyone.'),
  actions: list(z.enum(actions)).describe('Absent on deny: all.'),
  jobs: list(jobSelector).describe('Names of jobs, tag:NAME, or "*".'),
};
const optionalScope = {
  callers: scope.callers.exactOptional(),
  actions: scope.actions.exactOptional(),
  jobs: scope.jobs.exactOptional(),
};
const allowOnly = {
  require: requirement.exactOptional().describe('What a change must be justified with.'),
  startQuarantined: z.boolean().exactOptional().describe('Whether it lets start a job that is in quarantine.'),
  limit: limit.exactOptional().describe('How often it allows each caller something; beyond that: 429.'),
  breakGlass: z.literal(true).exactOptional().describe('For emergencies: needs a reason, and its use raises an alarm.'),
};

const allow = z
  .strictObject({ effect: z.literal('allow'), ...both, ...scope, ...allowOnly })
  .refine((rule) => rule.startQuarantined !== true || rule.actions.includes('start'), {
    error: 'needs "start" among the actions',
    path: ['startQuarantined'],
    when: whenRead('actions', 'startQuarantined'),
  })
  .refine((rule) => rule.breakGlass !== true || !rule.actions.includes('read'), {
    error: 'is for changes: reading asks for no reason',
    path: ['breakGlass'],
    when: whenRead('actions', 'breakGlass'),
  });
const deny = z.strictObject({ effect: z.literal('deny'), ...both, ...optionalScope });

/** An entry of `rules`. */
export const ruleSchema = z.discriminatedUnion('effect', [allow, deny]);

/** The keys of a rule whose effect cannot be read, so that what is wrong with them is told all the same. */
export const ruleOfUnknownEffect = z.strictObject({
  effect: z.unknown().optional(),
  ...both,
  ...optionalScope,
  ...allowOnly,
});

/** A rule as written, its terms read. */
export type RuleInFile = z.output<typeof ruleSchema>;
