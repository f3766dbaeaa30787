import { createHash, randomBytes } from 'node:crypto';
import {
  type AppendCondition,
  type ClaimHolder,
  CommitUnknown,
  ConditionFailed,
  type EntrySummary,
  type Integration,
  type KeptEntry,
  type LogHead,
  LogStore,
  type SealedField,
  type StoredEntry,
  type StoredField,
  type StoredSubject,
  SubjectErased,
  type SubjectName,
  type WrappedKey,
} from '#audit';
import type { EventId } from '#kernel';

/** How an append fails: whether its transaction is committed all the same, and what the caller is told. */
export interface AppendFault {
  readonly persist: boolean;
  readonly error: Error;
}

/** The connection broke and the transaction was rolled back. */
export const lostCommit = (): AppendFault => ({ persist: false, error: new CommitUnknown() });
/** The connection broke after the transaction was committed. */
export const unseenCommit = (): AppendFault => ({ persist: true, error: new CommitUnknown() });
/** The database refused. */
export const refusedAppend = (): AppendFault => ({ persist: false, error: new Error('disk full') });

interface Kept {
  readonly entry: StoredEntry;
  readonly disclosures: readonly SealedField[];
}

/**
 * A log store in memory that is stricter than a database: it derives the whole tree anew from the stored bytes on every
 * append and refuses what a correct log could not send. Refusals stay in {@link violations}, because the code under
 * test may turn them into an outage. Everything is copied on the way in and out.
 */
export class MemoryLogStore extends LogStore {
  /** What callers did wrong; a test ends by expecting none. */
  readonly violations: string[] = [];
  /** Transactions begun. */
  appends = 0;
  /** When set, every read fails with it. */
  readFault: Error | undefined;
  /** The fence of a lease, for conditions; without a lease store beside it, none is held. */
  leaseFence: (name: string) => number | undefined = () => undefined;
  /** Ties a claim to an event; says whether the claim is still the holder's. */
  tieClaim: (claim: ClaimHolder, event: EventId) => boolean = () => true;
  /** Hears of the entries of each transaction, as a part of it. */
  onAppend: (entries: readonly StoredEntry[]) => void = () => undefined;
  readonly #entries: Kept[] = [];
  readonly #tiles = new Map<string, Uint8Array>();
  readonly #subjects = new Map<string, StoredSubject>();
  #disclosureKeyId: string | undefined;
  readonly #kept = new Map<number, string>();
  readonly #keptEntries: KeptEntry[] = [];
  readonly #faults: AppendFault[] = [];
  #head: LogHead | undefined;
  #gate: Promise<unknown> = Promise.resolve();
  #lock: Promise<unknown> = Promise.resolve();

  /** The next appends fail like this, in order. */
  failNext(...faults: readonly AppendFault[]): void {
    this.#faults.push(...faults);
  }

  /** Appends wait, with their transaction open, until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gate = promise;
    return () => {
      resolve(undefined);
    };
  }

  /** Puts another head in place of the committed one: what a restored backup or an intruder does. */
  overwriteHead(head: LogHead | undefined): void {
    this.#head = structuredClone(head);
  }

  /** Forgets the entries from `size` on, with their tiles: a restored backup. */
  restore(size: number, head: LogHead): void {
    this.#entries.length = size;
    const kept = this.#keptEntries.filter(({ index }) => index < size);
    this.#keptEntries.splice(0, Infinity, ...kept);
    for (const key of this.#tiles.keys()) {
      const [level = 0, index = 0] = key.split('/').map(Number);
      if ((index + 1) * 256 ** (level + 1) > size) this.#tiles.delete(key);
    }
    this.overwriteHead(head);
  }

  override append(
    integrate: (head: LogHead | undefined) => Integration,
    condition?: AppendCondition,
  ): Promise<LogHead> {
    const transaction = this.#lock.then(() => this.#transact(integrate, condition));
    this.#lock = transaction.catch(() => undefined);
    return transaction;
  }

  override async head(): Promise<LogHead | undefined> {
    await this.#read();
    return structuredClone(this.#head);
  }

  override async entries(from: number, to: number): Promise<readonly StoredEntry[]> {
    await this.#read();
    return this.#entries.slice(from, to).map(({ entry }) => structuredClone(entry));
  }

  override async summaries(from: number, to: number): Promise<readonly EntrySummary[]> {
    const entries = await this.entries(from, to);
    return entries.map(({ index, eventId, columns }) => ({ index, eventId, ...columns }));
  }

  override async keptEntries(): Promise<readonly KeptEntry[]> {
    await this.#read();
    return structuredClone(this.#keptEntries);
  }

  override async kept(size: number): Promise<string | undefined> {
    await this.#read();
    return this.#kept.get(size);
  }

  override async indexOf(eventId: EventId): Promise<number | undefined> {
    await this.#read();
    return this.#entries.find(({ entry }) => entry.eventId === eventId)?.entry.index;
  }

  override async disclosures(index: number): Promise<readonly StoredField[]> {
    await this.#read();
    return structuredClone(this.#entries[index]?.disclosures ?? []);
  }

  override async tile(level: number, index: number): Promise<Uint8Array | undefined> {
    await this.#read();
    return structuredClone(this.#tiles.get(`${level}/${index}`));
  }

  override async subject({ realm, name }: SubjectName, keyFor: (ref: string) => WrappedKey): Promise<StoredSubject> {
    await this.#read();
    const key = `${realm}/${name}`;
    const ref = randomBytes(16).toString('base64url');
    const subject = this.#subjects.get(key) ?? { ref, wrapped: keyFor(ref) };
    this.#subjects.set(key, subject);
    return structuredClone(subject);
  }

  override async dataKey(ref: string): Promise<WrappedKey | undefined> {
    await this.#read();
    return structuredClone([...this.#subjects.values()].find((subject) => subject.ref === ref)?.wrapped);
  }

  override async disclosureKeyId(first: string): Promise<string> {
    await this.#read();
    return (this.#disclosureKeyId ??= first);
  }

  override async minIndex(): Promise<number> {
    await this.#read();
    return 0;
  }

  /** Destroys the key of a subject, as an erasure does. */
  eraseSubject(ref: string): void {
    for (const [key, subject] of this.#subjects) if (subject.ref === ref) this.#subjects.delete(key);
  }

  async #transact(
    integrate: (head: LogHead | undefined) => Integration,
    condition: AppendCondition | undefined,
  ): Promise<LogHead> {
    this.appends += 1;
    await this.#gate;
    const fault = this.#faults.shift();
    if (condition !== undefined) this.#assert(condition);
    const integration = structuredClone(integrate(structuredClone(this.#head)));
    this.#inspect(integration);
    const [first] = integration.entries;
    const claim = condition?.claim;
    if (claim !== undefined && first !== undefined && !this.tieClaim(claim, first.eventId)) {
      throw new ConditionFailed('claim_lost');
    }
    const keys = new Set([...this.#subjects.values()].map(({ ref }) => ref));
    if (integration.entries.some(({ disclosures }) => disclosures.some(({ subject }) => !keys.has(subject)))) {
      throw new SubjectErased();
    }
    if (fault?.persist !== false) this.#apply(integration);
    if (fault !== undefined) throw fault.error;
    return structuredClone(integration.head);
  }

  #assert({ lease, unsettled, unchanged }: AppendCondition): void {
    if (lease !== undefined && this.leaseFence(lease.name) !== lease.fence) throw new ConditionFailed('lease_lost');
    const ends = ({ columns: { type, parent, outcome } }: StoredEntry) =>
      parent === unsettled && (type.endsWith('.reconciled') || (type.endsWith('.outcome') && outcome !== 'unknown'));
    if (unsettled !== undefined && this.#entries.some(({ entry }) => ends(entry))) {
      throw new ConditionFailed('already_settled');
    }
    const changes = ({ columns: { type, servicePrincipalId, jobId } }: StoredEntry) =>
      /^(?:pause|start|hold)\./.test(type) &&
      servicePrincipalId === unchanged?.job.servicePrincipalId &&
      jobId === unchanged?.job.jobId;
    if (unchanged !== undefined && this.#entries.slice(unchanged.asOf).some(({ entry }) => changes(entry))) {
      throw new ConditionFailed('job_changed');
    }
  }

  #apply({ entries, tiles, head, keep }: Integration): void {
    if (keep) {
      this.#kept.set(head.size, head.checkpoint);
      this.#keptEntries.push(...entries.map(({ body }, at) => ({ index: this.#entries.length + at, body })));
    }
    for (const { eventId, body, columns, disclosures } of entries) {
      this.#entries.push({ entry: { index: this.#entries.length, eventId, body, columns }, disclosures });
    }
    this.onAppend(this.#entries.slice(-entries.length).map(({ entry }) => entry));
    for (const { level, index, hashes } of tiles) this.#tiles.set(`${level}/${index}`, hashes);
    this.#head = head;
  }

  async #read(): Promise<void> {
    await Promise.resolve();
    if (this.readFault !== undefined) throw this.readFault;
  }

  #inspect({ entries, tiles, head }: Integration): void {
    const before = this.#entries.length;
    const size = before + entries.length;
    const ids = new Set(this.#entries.map(({ entry }) => entry.eventId));
    for (const { eventId, body, columns } of entries) {
      const leaf = JSON.parse(Buffer.from(body).toString()) as { id?: unknown; type?: unknown };
      this.#expect(body.length <= 16_384, 'an entry is longer than 16384 bytes');
      this.#expect(!ids.has(eventId), 'an event is appended twice');
      this.#expect(leaf.id === eventId && leaf.type === columns.type, 'columns and body disagree');
      ids.add(eventId);
    }
    this.#expect(entries.length > 0 && head.size === size, 'the head has another size than its entries');
    const leaves = [...this.#entries.map(({ entry }) => entry), ...entries].map(({ body }) =>
      sha256(Buffer.of(0), body),
    );
    const root = rootOf(leaves);
    this.#expect(root.equals(head.root), 'the root is not that of the stored bytes');
    this.#expect(head.checkpoint.includes(`\n${size}\n${root.toString('base64')}\n\n— `), 'the checkpoint is another');
    this.#expectBytes(head.edge, edgeOf(leaves), 'the right edge');
    const filled = tilesOf(leaves).filter(({ key }) => !this.#tiles.has(key));
    const given = new Map(tiles.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
    this.#expect(given.size === tiles.length && given.size === filled.length, 'not exactly the full tiles are written');
    for (const { key, hashes } of filled) this.#expectBytes([given.get(key) ?? Buffer.of()], [hashes], `tile ${key}`);
  }

  #expectBytes(given: readonly Uint8Array[], wanted: readonly Buffer[], what: string): void {
    const same = given.length === wanted.length && wanted.every((bytes, at) => bytes.equals(given[at] ?? Buffer.of()));
    this.#expect(same, `${what} is not that of the stored bytes`);
  }

  #expect(holds: boolean, violation: string): void {
    if (holds) return;
    this.violations.push(violation);
    throw new TypeError(violation);
  }
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** MTH of RFC 6962 §2.1, by its definition. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** Level by level the hashes of complete subtrees of height 8. */
function levelsOf(leaves: readonly Buffer[]): Buffer[][] {
  const levels: Buffer[][] = [];
  for (let level = [...leaves]; level.length > 0;) {
    levels.push(level);
    const tiles = Math.floor(level.length / 256);
    const below = level;
    level = Array.from({ length: tiles }, (_, index) => rootOf(below.slice(index * 256, (index + 1) * 256)));
  }
  return levels;
}

function edgeOf(leaves: readonly Buffer[]): Buffer[] {
  return levelsOf(leaves).map((level) => Buffer.concat(level.slice(level.length - (level.length % 256))));
}

function tilesOf(leaves: readonly Buffer[]): { readonly key: string; readonly hashes: Buffer }[] {
  return levelsOf(leaves).flatMap((hashes, level) =>
    Array.from({ length: Math.floor(hashes.length / 256) }, (_, index) => ({
      key: `${level}/${index}`,
      hashes: Buffer.concat(hashes.slice(index * 256, (index + 1) * 256)),
    })),
  );
}
