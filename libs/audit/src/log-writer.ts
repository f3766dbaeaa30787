import { leafHash, type NoteSigner, type RightEdge, signCheckpoint, TreeHashes, verifyConsistency } from '#tlog';
import { AuditLogError } from './audit-error.ts';
import {
  type AppendCondition,
  CommitUnknown,
  type Integration,
  type LogHead,
  type LogStore,
  type NewEntry,
} from './log-store.ts';
import { emptyTip, type FollowedHead, followHead, type LogTip } from './log-tip.ts';

/**
 * The only code that extends the log. Signs within the append transaction, because only there the size is known; a
 * checkpoint whose transaction did not commit is never shown. After the first sign that history changed it refuses
 * everything (fail closed): a human has to find out what happened to the database.
 */
export class LogWriter {
  readonly #store: LogStore;
  readonly #signer: NoteSigner;
  #tip = emptyTip;
  #fault: AuditLogError | undefined;

  constructor(store: LogStore, signer: NoteSigner) {
    this.#store = store;
    this.#signer = signer;
  }

  get tip(): LogTip {
    return this.#tip;
  }

  /** Learns how far the log has come through other replicas, and verifies it. */
  async refresh(): Promise<void> {
    await this.#failingClosed(async () => {
      // Taken first: an append of our own may commit while the head is being read.
      const tip = this.#tip;
      const head = await this.#store.head();
      const followed = followHead(tip, head, this.#signer.verifier);
      await this.#assertExtends(tip, followed, followed.edge);
      if (head !== undefined) this.#advance({ edge: followed.edge, checkpoint: head.checkpoint });
    });
  }

  /** Writes the first entry, unless another replica was faster. */
  async create(genesis: NewEntry): Promise<void> {
    await this.#failingClosed(async () => {
      try {
        await this.#append([genesis], undefined, (head) => {
          if (head !== undefined) throw new AuditLogError('log_head_invalid', 'The log exists already');
        });
      } catch (error) {
        // Whatever became of our own try: what counts is what is committed now.
        await this.refresh();
        if (this.#tip.edge.size === 0) throw error;
      }
    });
  }

  /**
   * Appends the entries, if the condition holds, and returns the index of the first. When it rejects, none is known to
   * be committed.
   */
  async commit(entries: readonly NewEntry[], condition?: AppendCondition): Promise<number> {
    return this.#failingClosed(async () => {
      try {
        return await this.#append(entries, condition);
      } catch (error) {
        if (!(error instanceof CommitUnknown)) throw error;
        return (await this.#find(entries)) ?? (await this.#retry(entries, condition));
      }
    });
  }

  /** The lost commit may still be under way; then the retry collides with it, and the entries are there after all. */
  async #retry(entries: readonly NewEntry[], condition: AppendCondition | undefined): Promise<number> {
    try {
      return await this.#append(entries, condition);
    } catch (error) {
      const index = await this.#find(entries);
      if (index === undefined) throw error;
      return index;
    }
  }

  /** A batch commits as a whole, so its first entry speaks for all. */
  async #find([first]: readonly NewEntry[]): Promise<number | undefined> {
    const index = first && (await this.#store.indexOf(first.eventId));
    if (index !== undefined) await this.refresh();
    return index;
  }

  async #append(
    entries: readonly NewEntry[],
    condition?: AppendCondition,
    check?: (head: LogHead | undefined) => void,
  ): Promise<number> {
    const leaves = entries.map(({ body }) => leafHash(body));
    const planned: { readonly tip: LogTip; readonly followed: FollowedHead; readonly next: LogTip }[] = [];
    await this.#store.append((stored): Integration => {
      check?.(stored);
      const tip = this.#tip;
      const followed = followHead(tip, stored, this.#signer.verifier);
      const { edge, tiles } = followed.edge.append(leaves);
      const [size, root] = [edge.size, edge.root()];
      const checkpoint = signCheckpoint({ size, root }, this.#signer);
      planned.push({ tip, followed, next: { edge, checkpoint } });
      return { entries, tiles, head: { size, edge: edge.levels, root, checkpoint } };
    }, condition);
    // A store may integrate more than once before it commits.
    const committed = planned.at(-1);
    if (committed === undefined) throw new TypeError('The store resolved an append without integrating it');
    const { tip, followed, next } = committed;
    await this.#assertExtends(tip, followed, next.edge);
    this.#advance(next);
    return followed.edge.size;
  }

  /** Proves from tiles that `edge` extends the tip when the head alone did not show it. */
  async #assertExtends(tip: LogTip, { extendsTip }: FollowedHead, edge: RightEdge): Promise<void> {
    if (extendsTip) return;
    const tree = new TreeHashes(edge, (level, index) => this.#store.tile(level, index));
    const proof = await tree.consistencyProof(tip.edge.size, edge.size);
    const growth = { oldSize: tip.edge.size, oldRoot: tip.edge.root(), size: edge.size, root: edge.root() };
    if (!verifyConsistency(growth, proof)) {
      throw new AuditLogError('log_head_regressed', `The stored log does not extend what it was at ${growth.oldSize}`);
    }
  }

  #advance(tip: LogTip): void {
    if (tip.edge.size > this.#tip.edge.size) this.#tip = tip;
  }

  async #failingClosed<Result>(step: () => Promise<Result>): Promise<Result> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await step();
    } catch (error) {
      if (error instanceof AuditLogError) this.#fault = error;
      throw error;
    }
  }
}
