import { v5 as uuidv5 } from 'uuid';
import type { Interlock } from './interlock.ts';
import type { Recorded } from './recorded-events.ts';

type GraphJournal = ReturnType<Interlock['cloud']['journal']>;

/** What a chain of killed brokers left behind. The lists should be empty. */
export interface KillFindings {
  readonly intents: number;
  /** Reconciliations by verdict and reason. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly callsAtGraph: number;
  readonly successes: number;
  /** Intents with no terminal record, or with more than one. */
  readonly notEndedOnce: readonly string[];
  /** What Graph saw without an intent to do just that. */
  readonly withoutIntent: readonly string[];
  /** Callers who were told of a success that the log does not hold. */
  readonly untrueReplies: readonly string[];
  /** Verdicts that contradict what Graph did. */
  readonly untrueVerdicts: readonly string[];
}

export interface KillReport extends KillFindings {
  /** How many brokers were killed, by what they were doing. */
  readonly killed: Readonly<Record<'reconciling' | 'serving' | 'heldAtGraph', number>>;
}

const intendedAs: Readonly<Record<string, string>> = {
  'job.pause': 'pause.intent',
  'job.get': 'read.intent',
  'principal.get': 'self-check.intent',
  'principal.grants': 'self-check.intent',
  'principal.owned': 'self-check.intent',
};
/** More attempts than the gateway makes. */
const attempts = ['1', '2', '3', '4', '5'];

/** Compares the log with Graph's journal and with what callers were told. */
export function reportKills(
  events: readonly Recorded[],
  journal: GraphJournal,
  succeeded: readonly string[],
): KillFindings {
  const intents = events.filter(({ type }) => type.endsWith('.intent'));
  const ends = Map.groupBy(events.filter(isTerminal), ({ parent }) => parent);
  const intentOf = new Map(intents.flatMap((intent) => attempts.map((n) => [uuidv5(n, intent.id), intent] as const)));
  const intentAt = ({ headers }: GraphJournal[number]) => intentOf.get(headers['client-request-id'] ?? '');
  const appliedFor = new Set(journal.filter(({ applied }) => applied).map((entry) => intentAt(entry)?.id));
  const asked = new Map(
    intents.filter(({ type }) => type === 'pause.intent').map((intent) => [intent.corr?.request_id, intent.id]),
  );
  const verdicts = events.filter(({ type }) => type.endsWith('.reconciled'));
  return {
    intents: intents.length,
    verdicts: counted(verdicts.map(({ type, outcome, outcome_reason }) => `${type} ${outcome}: ${outcome_reason}`)),
    callsAtGraph: journal.length,
    successes: succeeded.length,
    // A self-check that was cut short changed nothing and is not looked into: the next one tells what is true.
    notEndedOnce: intents
      .filter(({ id, type }) => type !== 'self-check.intent' && ends.get(id)?.length !== 1)
      .map(({ id }) => id),
    withoutIntent: journal
      .filter((entry) => intentAt(entry)?.type !== (intendedAs[entry.operation] ?? 'none'))
      .map(({ operation, sequence }) => `${operation} ${sequence}`),
    untrueReplies: succeeded.filter((id) => ends.get(asked.get(id))?.[0]?.outcome !== 'success'),
    // The job was running when its pause was sent and nobody else touched it, so the journal knows better.
    untrueVerdicts: verdicts
      .filter(({ outcome, parent }) => {
        const applied = appliedFor.has(parent);
        return (outcome === 'applied' && !applied) || (outcome === 'not_applied' && applied);
      })
      .map(({ id }) => id),
  };
}

function isTerminal({ type, outcome }: Recorded): boolean {
  return type.endsWith('.reconciled') || (type.endsWith('.outcome') && outcome !== 'unknown');
}

function counted(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]));
}
