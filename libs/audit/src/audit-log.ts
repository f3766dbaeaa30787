import { type Caller, type Clock, type IntentReceipt, issueIntentReceipt, type JobRef } from '#kernel';
import { tileWidth } from '#tlog';
import { AuditLogError, AuditUnavailable } from './audit-error.ts';
import type {
  AuditEvent,
  AuditIntent,
  OperationIntent,
  OperationOutcome,
  OwnChange,
  Reconciliation,
  SelfCheckOutcome,
} from './audit-event.ts';
import { AuditRecorder, type Settlement } from './audit-recorder.ts';
import { recordedOrChanged, underClaim } from './claimed-append.ts';
import { type DisclosedValues, disclosedValues } from './disclosed-values.ts';
import { EventAppender } from './event-appender.ts';
import type { KeyWindow } from './key-history.ts';
import type { HoldEvent } from './hold-event.ts';
import type { LeaseHolder } from './lease-store.ts';
import type { LogKey } from './log-key.ts';
import { type KeptFields, keptFields } from './privacy/kept-fields.ts';
import { LogProofs } from './log-proofs.ts';
import { LogSnapshot } from './log-snapshot.ts';
import type { AppendCondition, LogStore, StoredEntry } from './log-store.ts';
import type { LogWriter } from './log-writer.ts';
import { type AuditLogOptions, openWriter } from './open-writer.ts';
import type { Recorded } from './pending-append.ts';
import type { DisclosureKey } from './privacy/disclosure-key.ts';
import { KnownSubjects } from './privacy/known-subjects.ts';
import { openFields } from './privacy/open-fields.ts';
import type { Disclosure } from './privacy/sealed-field.ts';
import { pooledRandomBytes } from './random-bytes.ts';
import { unavailable } from './unavailable.ts';

/**
 * The audit log: events become entries of a transparency log, durable and under a signed checkpoint before `record`
 * resolves. It fails closed. An event whose append timed out may still be committed later; as an intent it then stands
 * without outcome, which is true: nothing was sent for it.
 */
export class AuditLog extends AuditRecorder {
  readonly #store: LogStore;
  readonly #clock: Clock;
  readonly #key: LogKey;
  readonly #disclosureKey: DisclosureKey | undefined;
  readonly #timeoutMs: number;
  readonly #writer: LogWriter;
  readonly #proofs: LogProofs;
  readonly #appender: EventAppender;
  readonly #subjects: KnownSubjects | undefined;

  private constructor(
    options: AuditLogOptions,
    writer: LogWriter,
    /** All keys that the log had, with the sizes that each signed: its trust file. */
    readonly keyHistory: readonly KeyWindow[],
  ) {
    super();
    const {
      store,
      clock,
      key,
      disclosureKey,
      instance,
      build,
      appendTimeoutMs = 2_500,
      random = pooledRandomBytes(),
      onCommit,
    } = options;
    this.#store = store;
    this.#clock = clock;
    this.#key = key;
    this.#disclosureKey = disclosureKey;
    this.#timeoutMs = appendTimeoutMs;
    this.#writer = writer;
    this.#proofs = new LogProofs(store, key.signer, keyHistory.at(-1));
    const identity = { origin: key.name, instance, build };
    this.#subjects = disclosureKey && new KnownSubjects(store, disclosureKey);
    const parts = { clock, identity, subjects: this.#subjects, random, writer, onCommit };
    this.#appender = new EventAppender({ ...parts, timeoutMs: appendTimeoutMs });
  }

  /**
   * Opens the log; writes its first entry when the store is empty, and takes it over from the previous key when that
   * signed last. Throws {@link AuditLogError} `log_key_mismatch` or `log_head_invalid` when the stored end is not one
   * that these keys signed, `log_head_regressed` when it does not extend what is remembered elsewhere,
   * `disclosure_key_mismatch` when the store's data keys are under another disclosure key, AuditUnavailable when the
   * store fails. Entries are not read again: that is the verifier's work, from outside.
   */
  static async open(options: AuditLogOptions): Promise<AuditLog> {
    const { writer, keyHistory } = await openWriter(options);
    return new AuditLog(options, writer, keyHistory);
  }

  get origin(): string {
    return this.#key.name;
  }

  /** Number of entries under {@link checkpoint}. */
  get size(): number {
    return this.#writer.tip.edge.size;
  }

  /** The checkpoint of the last commit that this process knows of: a signed note. */
  checkpoint(): string {
    return this.#writer.tip.checkpoint;
  }

  override record(event: AuditEvent, lease?: LeaseHolder): Promise<Recorded> {
    const condition = lease === undefined ? {} : { lease };
    return this.#recordUnder(underClaim(event, condition), event);
  }

  override async recordIntent(intent: AuditIntent, lease?: LeaseHolder): Promise<IntentReceipt> {
    const condition = underClaim(intent, lease === undefined ? {} : { lease });
    const { eventId, index } = await this.#recordUnder(condition, intent);
    return issueIntentReceipt(eventId, index);
  }

  override async settle(
    event: OperationOutcome | Reconciliation | SelfCheckOutcome,
    lease?: LeaseHolder,
  ): Promise<Settlement> {
    const condition = { unsettled: event.parent, ...(lease !== undefined && { lease }) };
    const recorded = await this.#appender.appendIf(event, condition);
    if (recorded === 'job_changed' || recorded === 'claim_lost') {
      throw new TypeError('a settlement asks nothing about its job or a claim');
    }
    return typeof recorded === 'string' ? recorded : 'recorded';
  }

  override async recordUnlessChanged(event: HoldEvent, job: JobRef, asOf: number): Promise<Recorded | undefined> {
    const condition = underClaim(event, { unchanged: { job, asOf } });
    return recordedOrChanged(await this.#appender.appendIf(event, condition));
  }

  override async recordIntentUnlessChanged(
    intent: OperationIntent | OwnChange,
    job: JobRef,
    asOf: number,
    lease?: LeaseHolder,
  ): Promise<IntentReceipt | undefined> {
    const condition = underClaim(intent, { unchanged: { job, asOf }, ...(lease !== undefined && { lease }) });
    const recorded = recordedOrChanged(await this.#appender.appendIf(intent, condition));
    return recorded && issueIntentReceipt(recorded.eventId, recorded.index);
  }

  /**
   * `.tlog-proof` text that entry `index` is in the log, under its checkpoint at `size` (default: the last one).
   * `entry_unknown` when there is none.
   */
  async prove(index: number, size?: number): Promise<string> {
    await this.#catchUp(size);
    const [proof = ''] = await this.#proofs.inclusions(this.#writer.tip, [index], size ?? this.size);
    return proof;
  }

  /**
   * Proof that the log at `size` (default: the last one) extends what it was at `oldSize`, in the form of a witness's
   * request. `entry_unknown` when the log was never of such a size.
   */
  async proveGrowth(oldSize: number, size?: number): Promise<string> {
    await this.#catchUp(size);
    return this.#proofs.growth(this.#writer.tip, oldSize, size ?? this.size);
  }

  /** The first `width` (1..256) hashes of a tile, 32 bytes each; `entry_unknown` when the log has not so many there. */
  async tile(level: number, index: number, width: number): Promise<Uint8Array> {
    await this.#catchUp((index * tileWidth + width) * tileWidth ** level);
    return this.#proofs.tile(this.#writer.tip, level, index, width);
  }

  /** The log as it is committed at this moment, by whichever replica; AuditUnavailable when the store fails. */
  async latest(): Promise<LogSnapshot> {
    await this.#refresh();
    return new LogSnapshot(this.#writer.tip, this.#proofs, this.#key.signer, this.keyHistory);
  }

  /** The log's public key, as the line that its verifiers are given. */
  get vkey(): string {
    return this.#key.vkey;
  }

  /** The entry; `entry_unknown` when the log has none at that index, `entry_pruned` when it has none any more. */
  async entry(index: number): Promise<StoredEntry> {
    const [entry] = await this.#store.entries(index, index + 1);
    if (entry !== undefined) return entry;
    await this.assertKept(index);
    throw new AuditLogError('entry_unknown', 'The log has no such entry');
  }

  /** Throws `entry_pruned` when a retention policy has taken the entry of that index. */
  async assertKept(index: number): Promise<void> {
    const minIndex = await this.#store.minIndex();
    if (index >= minIndex) return;
    throw new AuditLogError('entry_pruned', `Entries below ${minIndex} were pruned; look for them in the archive`);
  }

  /** The personal fields of an entry that are still kept, opened; none without the disclosure key. */
  async disclosed(entry: StoredEntry): Promise<readonly Disclosure[]> {
    return this.#disclosureKey === undefined ? [] : openFields(this.#store, this.#disclosureKey, this.#key.name, entry);
  }

  /** How many personal fields an entry committed to, and which of them are still kept. */
  async personal({ index, body }: StoredEntry): Promise<KeptFields> {
    const fields = await this.#store.disclosures(index);
    return keptFields(
      body,
      fields.map(({ name }) => name),
    );
  }

  /** The personal values of an entry that were not erased, by name. */
  async disclosedValues(entry: StoredEntry): Promise<DisclosedValues> {
    return disclosedValues(await this.disclosed(entry));
  }

  /** The pseudonym under which a principal stands in the log. */
  async pseudonym({ tenantId, objectId }: Caller): Promise<string> {
    if (this.#subjects === undefined) throw new TypeError('Pseudonyms are made together with keys of subjects');
    const { ref } = await this.#subjects.of({ realm: tenantId, name: objectId });
    return ref;
  }

  /** Entries with `from <= index < to`, in order. */
  entries(from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.#store.entries(from, to);
  }

  /** Resolves when the log could record now; otherwise rejects with what is wrong. */
  async ready(): Promise<void> {
    if (this.#appender.closed) throw new AuditUnavailable('The audit log is closed');
    const stop = new AbortController();
    const late = this.#clock.wait(this.#timeoutMs, stop.signal).then(() => {
      throw new AuditUnavailable('The store of the audit log does not answer');
    });
    late.catch(() => undefined);
    try {
      await Promise.race([this.#refresh(), late]);
    } finally {
      stop.abort();
    }
  }

  /** Takes no more events and waits for those under way. */
  close(): Promise<void> {
    return this.#appender.close();
  }

  /** Events under a condition have a transaction of their own; the others share one. */
  #recordUnder(condition: AppendCondition, event: AuditEvent): Promise<Recorded> {
    const isAlone = condition.claim !== undefined || condition.lease !== undefined;
    return isAlone ? this.#recordAlone(condition, event) : this.#appender.append(event);
  }

  async #recordAlone(condition: AppendCondition, event: AuditEvent): Promise<Recorded> {
    const recorded = recordedOrChanged(await this.#appender.appendIf(event, condition));
    if (recorded === undefined) throw new TypeError('nothing was asked about its job');
    return recorded;
  }

  /** Looks at the store unless this process knows of that many entries: "the last one" is the last of all replicas. */
  async #catchUp(size = Number.MAX_SAFE_INTEGER): Promise<void> {
    if (size > this.size) await this.#refresh();
  }

  async #refresh(): Promise<void> {
    try {
      await this.#writer.refresh();
    } catch (error) {
      throw unavailable(error);
    }
  }
}
