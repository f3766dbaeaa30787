import type { Integration, LogHead, LogStore } from '#audit';

/** Entries per transaction: a log is filled in a fraction of the time that its appenders would take. */
const gathered = 2_048;

/** A store of which many appends share a transaction: nothing is durable before {@link GatheredAppends.flush}. */
export class GatheredAppends {
  /** The store for whoever fills the log. */
  readonly store: LogStore;
  readonly #target: LogStore;
  #waiting: Integration[] = [];
  #count = 0;
  #head: LogHead | undefined;

  constructor(target: LogStore) {
    this.#target = target;
    const own: Partial<LogStore> = { append: this.#append.bind(this), head: this.#last.bind(this) };
    this.store = new Proxy(target, {
      get: (store, name) => {
        const member: unknown = Reflect.get(name in own ? own : store, name);
        return typeof member === 'function' ? (member.bind(store) as unknown) : member;
      },
    });
  }

  async flush(): Promise<void> {
    const all = this.#waiting;
    const last = all.at(-1);
    if (last === undefined) return;
    this.#waiting = [];
    this.#count = 0;
    const entries = all.flatMap((one) => one.entries);
    const tiles = all.flatMap((one) => one.tiles);
    await this.#target.append(() => ({ ...last, entries, tiles }));
  }

  async #append(integrate: (head: LogHead | undefined) => Integration): Promise<LogHead> {
    const integration = integrate(await this.#last());
    this.#waiting.push(integration);
    this.#count += integration.entries.length;
    this.#head = integration.head;
    // What is to be kept for good is kept with its own checkpoint.
    if (this.#count >= gathered || integration.keep === true) await this.flush();
    return integration.head;
  }

  async #last(): Promise<LogHead | undefined> {
    this.#head ??= await this.#target.head();
    return this.#head;
  }
}
