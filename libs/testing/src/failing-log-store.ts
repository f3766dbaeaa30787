import {
  type AppendCondition,
  CommitUnknown,
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

/**
 * How a write fails. `refused`: the store says no, and nothing was kept. `lost`: the answer was lost and nothing was
 * kept. `kept`: the answer was lost although everything was kept. The last two look alike to the caller.
 */
export type Failure = 'refused' | 'lost' | 'kept';

/** A log store whose next writes fail as a test wishes. Reads and further writes go through. */
export class FailingLogStore extends LogStore {
  readonly #store: LogStore;
  readonly #appends: Failure[] = [];
  readonly #subjects: Failure[] = [];
  #broken: Error | undefined;

  constructor(store: LogStore) {
    super();
    this.#store = store;
  }

  /** Makes the next appends fail, one failure each. */
  failAppends(...failures: readonly Failure[]): void {
    this.#appends.push(...failures);
  }

  /** Makes the next uses of `subject` fail, one failure each. */
  failSubjects(...failures: readonly Failure[]): void {
    this.#subjects.push(...failures);
  }

  /** Makes every method reject with this error, until it is called with undefined. */
  breakDown(error: Error | undefined): void {
    this.#broken = error;
  }

  override append(
    integrate: (head: LogHead | undefined) => Integration,
    condition?: AppendCondition,
  ): Promise<LogHead> {
    const unknown = new CommitUnknown('The connection was lost while committing');
    return this.#write(this.#appends.shift(), unknown, () => this.#store.append(integrate, condition));
  }

  override subject(name: SubjectName, keyFor: (ref: string) => WrappedKey): Promise<StoredSubject> {
    const lost = new Error('The connection was lost');
    return this.#write(this.#subjects.shift(), lost, () => this.#store.subject(name, keyFor));
  }

  override dataKey(ref: string): Promise<WrappedKey | undefined> {
    return this.#read(() => this.#store.dataKey(ref));
  }

  override disclosureKeyId(first: string): Promise<string> {
    return this.#read(() => this.#store.disclosureKeyId(first));
  }

  override minIndex(): Promise<number> {
    return this.#read(() => this.#store.minIndex());
  }

  override head(): Promise<LogHead | undefined> {
    return this.#read(() => this.#store.head());
  }

  override entries(from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.#read(() => this.#store.entries(from, to));
  }

  override summaries(from: number, to: number): Promise<readonly EntrySummary[]> {
    return this.#read(() => this.#store.summaries(from, to));
  }

  override keptEntries(): Promise<readonly KeptEntry[]> {
    return this.#read(() => this.#store.keptEntries());
  }

  override kept(size: number): Promise<string | undefined> {
    return this.#read(() => this.#store.kept(size));
  }

  override indexOf(eventId: EventId): Promise<number | undefined> {
    return this.#read(() => this.#store.indexOf(eventId));
  }

  override disclosures(index: number): Promise<readonly StoredField[]> {
    return this.#read(() => this.#store.disclosures(index));
  }

  override tile(level: number, index: number): Promise<Uint8Array | undefined> {
    return this.#read(() => this.#store.tile(level, index));
  }

  async #write<Result>(failure: Failure | undefined, lost: Error, write: () => Promise<Result>): Promise<Result> {
    if (this.#broken !== undefined) throw this.#broken;
    if (failure === 'refused') throw new Error('The store refused the write');
    if (failure === 'lost') throw lost;
    const result = await write();
    if (failure === 'kept') throw lost;
    return result;
  }

  async #read<Result>(read: () => Promise<Result>): Promise<Result> {
    if (this.#broken !== undefined) throw this.#broken;
    return read();
  }
}
