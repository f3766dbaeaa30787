import {
  type AppendCondition,
  type EntrySummary,
  type Integration,
  type KeptEntry,
  type LogHead,
  LogStore,
  type StoredEntry,
  type StoredField,
  type StoredSubject,
  type SubjectName,
  type WrappedKey,
} from '#audit';
import type { EventId } from '#kernel';
import type { LogReader } from './log-reader.ts';
import type { SqlSubjects } from './sql-subjects.ts';

/** What integrates new entries: the synchronous heart of {@link LogStore.append}. */
export type Integrate = (head: LogHead | undefined) => Integration;

/** The append transaction of one log; see {@link LogStore.append} for its duties. */
export interface LogAppender {
  append(integrate: Integrate, condition?: AppendCondition): Promise<LogHead>;
}

/** A log in a SQL database: the dialect's own append transaction, reads in common. */
export class SqlLogStore extends LogStore {
  readonly #appender: LogAppender;
  readonly #reader: LogReader;
  readonly #subjects: SqlSubjects;

  constructor(appender: LogAppender, reader: LogReader, subjects: SqlSubjects) {
    super();
    this.#appender = appender;
    this.#reader = reader;
    this.#subjects = subjects;
  }

  override append(integrate: Integrate, condition?: AppendCondition): Promise<LogHead> {
    return this.#appender.append(integrate, condition);
  }

  override head(): Promise<LogHead | undefined> {
    return this.#reader.head();
  }

  override entries(from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.#reader.entries(from, to);
  }

  override summaries(from: number, to: number): Promise<readonly EntrySummary[]> {
    return this.#reader.summaries(from, to);
  }

  override keptEntries(): Promise<readonly KeptEntry[]> {
    return this.#reader.keptEntries();
  }

  override kept(size: number): Promise<string | undefined> {
    return this.#reader.kept(size);
  }

  override indexOf(eventId: EventId): Promise<number | undefined> {
    return this.#reader.indexOf(eventId);
  }

  override disclosures(index: number): Promise<readonly StoredField[]> {
    return this.#reader.disclosures(index);
  }

  override tile(level: number, index: number): Promise<Uint8Array | undefined> {
    return this.#reader.tile(level, index);
  }

  override subject(name: SubjectName, keyFor: (ref: string) => WrappedKey): Promise<StoredSubject> {
    return this.#subjects.subject(name, keyFor);
  }

  override dataKey(ref: string): Promise<WrappedKey | undefined> {
    return this.#subjects.dataKey(ref);
  }

  override disclosureKeyId(first: string): Promise<string> {
    return this.#subjects.disclosureKeyId(first);
  }

  override minIndex(): Promise<number> {
    return this.#reader.minIndex();
  }
}

/** Refuses an integration that would leave a gap or overlap: a fault of the caller, caught before it is durable. */
export function assertContinues(head: LogHead | undefined, { entries, head: next }: Integration): void {
  const size = head?.size ?? 0;
  if (next.size !== size + entries.length || next.size === 0) {
    throw new TypeError(`${entries.length} entries after size ${size} cannot make size ${next.size}`);
  }
}
