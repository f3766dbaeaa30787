import type { StoredEntry } from '#audit';

const day = (entry: StoredEntry) => entry.columns.time.slice(0, 10);
const quoted = (value = '') => `"${value}"`;

/** A filter by its name, and its text about an entry that is drawn at random. */
export type Filter = readonly [name: string, text: (entry: StoredEntry) => string];

/** Each filter alone, as reviewers combine them, and those for which there is nothing. */
export const filters: readonly Filter[] = [
  ['(none)', () => ''],
  ['actor', ({ columns }) => `actor:${columns.actor ?? ''}`],
  ['application', ({ columns }) => `application:${columns.application ?? ''}`],
  ['action', () => 'action:pause'],
  ['action that never was', () => 'action:start'],
  ['type', ({ columns }) => `type:${columns.type}`],
  ['type that begins nothing', () => 'type:read.outcome'],
  ['type of reads before pauses', () => 'type:read.intent'],
  ['principal', ({ columns }) => `principal:${columns.servicePrincipalId ?? ''}`],
  ['job', ({ columns }) => `job:${quoted(columns.jobId)}`],
  ['decision', () => 'decision:deny'],
  ['outcome', () => 'outcome:unknown'],
  ['rule', ({ columns }) => `rule:${columns.rule ?? ''}`],
  ['ticket', ({ columns }) => `ticket:${columns.ticket ?? ''}`],
  ['request', ({ columns }) => `request:${columns.requestId ?? ''}`],
  ['client-request', ({ columns }) => `client-request:${columns.clientRequestId ?? ''}`],
  ['created: everything', () => 'created:2020-01-01..2030-01-01'],
  ['created: one day', (entry) => `created:${day(entry)}`],
  ['created: from a day on', (entry) => `created:${day(entry)}..*`],
  ['created: up to a day', (entry) => `created:*..${day(entry)}`],
  ['index', ({ index }) => `index:${index}..${index + 1_000}`],
  ['-action:read', () => '-action:read'],
  ['-created: everything', () => '-created:2020-01-01..2030-01-01'],
  ['-outcome', () => '-outcome:success -decision:deny'],
  ['job, outcome', ({ columns }) => `job:${quoted(columns.jobId)} outcome:failure`],
  ['job, usual outcome', ({ columns }) => `job:${quoted(columns.jobId)} outcome:success`],
  ['job, decision', ({ columns }) => `job:${quoted(columns.jobId)} decision:deny`],
  ['actor, job', ({ columns }) => `actor:${columns.actor ?? ''} job:${quoted(columns.jobId)}`],
  ['actor, decision', ({ columns }) => `actor:${columns.actor ?? ''} decision:deny`],
  ['actor, one day', (entry) => `actor:${entry.columns.actor ?? ''} created:${day(entry)}`],
  ['actor, -application', ({ columns }) => `actor:${columns.actor ?? ''} -application:${columns.application ?? ''}`],
  ['type, decision', () => 'type:pause.intent decision:deny'],
  ['outcome, everything', () => 'outcome:unknown created:2020-01-01..2030-01-01'],
  ['action, one day, -rule', (entry) => `action:pause created:${day(entry)} -rule:${entry.columns.rule ?? ''}`],
];
