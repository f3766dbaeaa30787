import { randomUUID } from 'node:crypto';
import { type Integration, leafSchema, type LogHead, type LogStore, type NewEntry } from '#audit';
import { leafHash, tilesOf, treeRoot } from './naive-tree.ts';

const writer = { origin: 'broker.example/audit/test', instance: 'test', build: '0' } as const;

/** Appends to a store with the naive tree: a stand-in for AuditLog in tests of stores. */
export class NaiveLog {
  readonly #store: LogStore;
  readonly #origin: string;
  #leaves: Uint8Array[] = [];

  constructor(store: LogStore, origin: string) {
    this.#store = store;
    this.#origin = origin;
  }

  append(...entries: readonly NewEntry[]): Promise<LogHead> {
    return this.#store.append((head) => this.integrate(head, entries));
  }

  /** Appends entries whose content does not matter. */
  grow(count: number): Promise<LogHead> {
    return this.append(...Array.from({ length: count }, () => this.entry()));
  }

  /** A new entry, unlike all others; `parts` replaces some of it. Its body has its type and time. */
  entry(parts: Partial<Omit<NewEntry, 'eventId'>> = {}): NewEntry {
    const id = randomUUID() as NewEntry['eventId'];
    const { columns = { type: 'pause.intent', time: '2026-01-05T09:00:00.000Z' }, disclosures = [] } = parts;
    const { type, time } = columns;
    const leaf = { v: 1, schema: leafSchema, id, code: 'TST01I', type, time, recorded: time, ...writer } as const;
    return {
      eventId: id,
      body: new Uint8Array(Buffer.from(JSON.stringify(leaf))),
      leaf,
      columns,
      disclosures,
      ...parts,
    };
  }

  /** What AuditLog's integration does, over leaves remembered up to the committed head. */
  integrate(head: LogHead | undefined, entries: readonly NewEntry[]): Integration {
    const size = head?.size ?? 0;
    if (this.#leaves.length < size) throw new Error('The store has entries that this log did not write');
    const before = tilesOf(this.#leaves.slice(0, size)).tiles.map(({ level, index }) => `${level}/${index}`);
    this.#leaves = [...this.#leaves.slice(0, size), ...entries.map(({ body }) => leafHash(body))];
    const { tiles, edge } = tilesOf(this.#leaves);
    const root = treeRoot(this.#leaves);
    const text = `${this.#origin}\n${this.#leaves.length}\n${Buffer.from(root).toString('base64')}\n`;
    return {
      entries,
      tiles: tiles.filter(({ level, index }) => !before.includes(`${level}/${index}`)),
      head: { size: this.#leaves.length, edge, root, checkpoint: `${text}\n— unsigned AAAA\n` },
    };
  }
}
