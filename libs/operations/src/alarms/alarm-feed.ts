import { type Alarm, AlarmJudge, type AlarmName, leafHash, mayBeAlarm, readEntry } from '#alarms';
import type { EntrySummary, LogStore, StoredEntry } from '#audit';

const pageSize = 500;

/** The log, as alarms are found in it. */
export type AlarmLog = Pick<LogStore, 'head' | 'summaries' | 'entries'>;

/** Reads the log in its order and finds the alarms that a destination wants. */
export class AlarmFeed {
  readonly #log: AlarmLog;
  readonly #wants: (alarm: Alarm) => boolean;
  readonly #judge = new AlarmJudge();
  /** Index of the first entry that was not looked at. */
  #next: number;
  #found: Alarm[] = [];

  /** @param from index below which everything has been delivered. */
  constructor(log: AlarmLog, from: number, wants: (alarm: Alarm) => boolean) {
    this.#log = log;
    this.#next = from;
    this.#wants = wants;
  }

  /** Index of the first entry that was not looked at. */
  get position(): number {
    return this.#next;
  }

  /** The first alarm at that index or behind it; undefined when the log has none so far. Rejects when the store fails. */
  async first(from: number): Promise<Alarm | undefined> {
    this.#found = this.#found.filter(({ index }) => index >= from);
    if (this.#found.length > 0) return this.#found[0];
    const size = (await this.#log.head())?.size ?? 0;
    while (this.#next < size && this.#found.length === 0) {
      const end = Math.min(this.#next + pageSize, size);
      const page = await this.#log.summaries(this.#next, end);
      const alarms: Alarm[] = [];
      for (const summary of page) if (mayBeAlarm(summary)) alarms.push(...(await this.#alarms(summary)));
      // Together, so that a page which could not be read whole is read again.
      this.#next = end;
      this.#found = alarms.filter((alarm) => alarm.index >= from && this.#wants(alarm));
    }
    return this.#found[0];
  }

  /** The alarm of an entry that was found before, such as a parked one; undefined when it was pruned. */
  async again(index: number, name: AlarmName): Promise<Alarm | undefined> {
    const [stored] = await this.#log.entries(index, index + 1);
    return stored && alarmFrom(stored, name);
  }

  async #alarms({ index }: EntrySummary): Promise<readonly Alarm[]> {
    const [stored] = await this.#log.entries(index, index + 1);
    if (stored === undefined) return [];
    const entry = readEntry(stored.body);
    // Somebody changed the database: that must not make an alarm disappear.
    const name = entry === undefined ? 'log-trouble' : this.#judge.judge(entry);
    return name === undefined ? [] : [alarmFrom(stored, name)];
  }
}

function alarmFrom({ index, eventId, body, columns }: StoredEntry, name: AlarmName): Alarm {
  const { type, time } = columns;
  return { name, index, leafHash: leafHash(body), entry: readEntry(body) ?? { id: eventId, code: '', type, time } };
}
