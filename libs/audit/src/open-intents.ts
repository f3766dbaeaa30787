import { type EpochMillis, type EventId, parseTimestamp } from '#kernel';
import type { Operation } from './recorded-facts.ts';
import type { EntrySummary, LogStore } from './log-store.ts';

const pageSize = 500;
/** Beyond this many the reading waits until some are closed: the log keeps them, memory need not. */
const maxOpen = 10_000;
/** Clocks of replicas differ, but not by more. */
const clockSkewMillis = 1_000;
/** The time of an entry may be that of a request which took as long to come to its intent. */
const latenessMillis = 30_000;
/** Further back nobody looks for what happened within seconds. */
const furthestBack = 5_000;

/** `in_flight`: no outcome yet, whether or not anybody still works on it. `unknown`: nobody saw what Graph did. */
export type OpenState = 'in_flight' | 'unknown';

/** The job of an intent; `jobId` is absent for a list. */
export type ChangedJob = Pick<EntrySummary, 'servicePrincipalId' | 'jobId'>;

/** An intent that the log holds no terminal record of. */
export interface OpenIntent {
  readonly index: number;
  readonly eventId: EventId;
  readonly operation: Operation;
  /** When the request was received. */
  readonly since: EpochMillis;
  readonly state: OpenState;
  readonly job: ChangedJob;
  /**
   * Another change of the same job was open at the same time or came after, so that the job's state tells nothing
   * about this one.
   */
  readonly overtaken: boolean;
}

type Tracked = { -readonly [Member in keyof OpenIntent]: OpenIntent[Member] };

/**
 * Follows the log and knows which intents are open. The log itself is the list of work: nothing is written for it when
 * a request is served, and nothing can be on record and missing from the list.
 */
export class OpenIntents {
  readonly #log: Pick<LogStore, 'head' | 'summaries'>;
  readonly #open = new Map<EventId, Tracked>();
  /** Open intents that change a job, by job. */
  readonly #changes = new Map<string, Set<Tracked>>();
  #next: number;
  #reading: Promise<void> | undefined;

  /** @param from index below which no intent is open, such as a saved {@link position}. */
  constructor(log: Pick<LogStore, 'head' | 'summaries'>, from: number) {
    this.#log = log;
    this.#next = from;
  }

  /** Index of the oldest open intent, or of the first entry that was not read: where to begin again after a restart. */
  get position(): number {
    const [oldest] = this.#open.values();
    return oldest?.index ?? this.#next;
  }

  /** Oldest first, as of the last {@link catchUp}. */
  get all(): readonly OpenIntent[] {
    return [...this.#open.values()];
  }

  /** Reads what the log gained since; callers at the same time share one reading. Rejects when the store fails. */
  async catchUp(): Promise<void> {
    // One that began earlier may have asked for the head before what this caller wants to see was committed.
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /**
   * Whether another change of the same job ended at `since` or later, but before this intent. One that ended after it
   * makes the intent {@link OpenIntent.overtaken}.
   */
  async changedBefore({ index, job }: OpenIntent, since: EpochMillis): Promise<boolean> {
    const earliest = since - clockSkewMillis;
    for (let to = index; to > 0 && index - to < furthestBack; to -= pageSize) {
      const page = await this.#log.summaries(Math.max(0, to - pageSize), to);
      if (page.some((entry) => mayHaveChanged(entry, job) && timeOf(entry) >= earliest)) return true;
      const [first] = page;
      if (first === undefined || timeOf(first) < earliest - latenessMillis) return false;
    }
    return index >= furthestBack;
  }

  async #readOn(): Promise<void> {
    const size = (await this.#log.head())?.size ?? 0;
    while (this.#next < size && this.#open.size < maxOpen) {
      const end = Math.min(this.#next + pageSize, size);
      const page = await this.#log.summaries(this.#next, end);
      for (const entry of page) this.#follow(entry);
      // Not the last one's index: entries that were pruned, none of them open, are missing at the beginning.
      this.#next = end;
    }
  }

  #follow(entry: EntrySummary): void {
    const [operation, step] = entry.type.split('.');
    this.#overtake(entry);
    if (step === 'intent' && isOperation(operation)) this.#opened(entry, operation);
    if (entry.parent === undefined) return;
    if (step === 'outcome' && entry.outcome === 'unknown') this.#unknown(entry.parent);
    else if (step === 'outcome' || step === 'reconciled') this.#closed(entry.parent);
  }

  #opened(entry: EntrySummary, operation: Operation): void {
    const { index, eventId, servicePrincipalId, jobId } = entry;
    const intent: Tracked = {
      index,
      eventId,
      operation,
      since: timeOf(entry),
      state: 'in_flight',
      job: { ...(servicePrincipalId !== undefined && { servicePrincipalId }), ...(jobId !== undefined && { jobId }) },
      overtaken: false,
    };
    this.#open.set(eventId, intent);
    if (operation === 'read' || operation === 'list') return;
    const key = jobKey(intent.job);
    const rivals = this.#changes.get(key) ?? new Set();
    // Even one that is closed in the same round as this one: its effect may come between.
    intent.overtaken = rivals.size > 0;
    this.#changes.set(key, rivals.add(intent));
  }

  #overtake(entry: EntrySummary): void {
    if (!isChange(entry) || entry.outcome === 'failure') return;
    for (const rival of this.#changes.get(jobKey(entry)) ?? []) {
      if (rival.eventId !== entry.parent) rival.overtaken = true;
    }
  }

  #unknown(eventId: EventId): void {
    const intent = this.#open.get(eventId);
    if (intent !== undefined) intent.state = 'unknown';
  }

  #closed(eventId: EventId): void {
    const intent = this.#open.get(eventId);
    if (intent === undefined) return;
    this.#open.delete(eventId);
    const key = jobKey(intent.job);
    const rivals = this.#changes.get(key);
    rivals?.delete(intent);
    if (rivals?.size === 0) this.#changes.delete(key);
  }
}

function jobKey({ servicePrincipalId, jobId }: ChangedJob): string {
  return `${servicePrincipalId ?? ''}/${jobId ?? ''}`;
}

function isChange({ type }: EntrySummary): boolean {
  return type.startsWith('pause.') || type.startsWith('start.');
}

/** Whether the entry is the end of a change of the job, unless it is one that certainly did nothing. */
function mayHaveChanged(entry: EntrySummary, job: ChangedJob): boolean {
  const isEnd = entry.outcome !== undefined && entry.outcome !== 'failure';
  return isEnd && isChange(entry) && jobKey(entry) === jobKey(job);
}

function timeOf({ time }: EntrySummary): EpochMillis {
  return parseTimestamp(time) ?? (0 as EpochMillis);
}

function isOperation(name: string | undefined): name is Operation {
  return name === 'list' || name === 'read' || name === 'pause' || name === 'start';
}
