import { leafHash, type NoteSigner, type NoteVerifier, type RightEdge, signCheckpoint } from '#tlog';
import { assertExtends } from './assert-extends.ts';
import { AuditLogError } from './audit-error.ts';
import {
  type AppendCondition,
  CommitUnknown,
  type Integration,
  type LogHead,
  type LogStore,
  type NewEntry,
} from './log-store.ts';
import { emptyTip, type FollowedHead, followHead, type LogTip, ownerOf } from './log-tip.ts';

/** What is special about an append. */
interface AppendManner {
  readonly condition?: AppendCondition | undefined;
  /** Looks at the head once it is locked; throws to give up. */
  readonly check?: (head: LogHead | undefined) => void;
  /** Signs before the log's own key. */
  readonly cosigner?: NoteSigner;
  /** Names a key of the log: such an entry is kept for good, with its checkpoint. */
  readonly keep?: true;
}

/**
 * The only code that extends the log. Signs within the append transaction, because only there the size is known; a
 * checkpoint whose transaction did not commit is never shown. After the first sign that history changed it refuses
 * everything (fail closed): a human has to find out what happened to the database.
 */
export class LogWriter {
  readonly #store: LogStore;
  readonly #signer: NoteSigner;
  /** To which keys the head may belong. */
  #keys: readonly NoteVerifier[];
  #tip = emptyTip;
  #fault: AuditLogError | undefined;

  /** @param previous the key that the log is to be taken over from, for {@link takeOver}. */
  constructor(store: LogStore, signer: NoteSigner, previous?: NoteSigner) {
    this.#store = store;
    this.#signer = signer;
    this.#keys = [signer.verifier, ...(previous === undefined ? [] : [previous.verifier])];
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
      const followed = followHead(tip, head, this.#keys);
      await this.#assertFollows(tip, followed, followed.edge);
      if (head !== undefined) this.#advance({ edge: followed.edge, checkpoint: head.checkpoint });
    });
  }

  /** Writes the first entry, unless another replica was faster. */
  async create(genesis: NewEntry): Promise<void> {
    await this.#failingClosed(async () => {
      try {
        const check = (head: LogHead | undefined): void => {
          if (head !== undefined) throw new AuditLogError('log_head_invalid', 'The log exists already');
        };
        await this.#append([genesis], { check, keep: true });
      } catch (error) {
        // Whatever became of our own try: what counts is what is committed now.
        await this.refresh();
        if (this.#tip.edge.size === 0) throw error;
      }
    });
  }

  /**
   * Takes the log over from the previous key, unless it is ours or another replica was faster: writes the entry that
   * says so under a checkpoint that both keys sign. From then on no other key's head is followed.
   */
  async takeOver(rotation: NewEntry, previous: NoteSigner): Promise<void> {
    await this.#failingClosed(async () => {
      if (!(await this.#isOurs())) {
        try {
          const check = (head: LogHead | undefined): void => {
            if (this.#owns(head)) throw new AuditLogError('log_head_invalid', 'The log was taken over already');
          };
          await this.#append([rotation], { check, cosigner: previous, keep: true });
        } catch (error) {
          if (!(await this.#isOurs())) throw error;
        }
      }
      this.#keys = [this.#signer.verifier];
    });
    await this.refresh();
  }

  /**
   * Appends the entries, if the condition holds, and returns the index of the first. When it rejects, none is known to
   * be committed.
   */
  async commit(entries: readonly NewEntry[], condition?: AppendCondition): Promise<number> {
    return this.#failingClosed(async () => {
      try {
        return await this.#append(entries, { condition });
      } catch (error) {
        if (!(error instanceof CommitUnknown)) throw error;
        return (await this.#find(entries)) ?? (await this.#retry(entries, condition));
      }
    });
  }

  /** The lost commit may still be under way; then the retry collides with it, and the entries are there after all. */
  async #retry(entries: readonly NewEntry[], condition: AppendCondition | undefined): Promise<number> {
    try {
      return await this.#append(entries, { condition });
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

  async #isOurs(): Promise<boolean> {
    return this.#owns(await this.#store.head());
  }

  #owns(head: LogHead | undefined): boolean {
    return head !== undefined && ownerOf(head, this.#keys) === this.#signer.verifier;
  }

  async #append(entries: readonly NewEntry[], { condition, check, cosigner, keep }: AppendManner): Promise<number> {
    const leaves = entries.map(({ body }) => leafHash(body));
    const signers: readonly [NoteSigner, ...NoteSigner[]] =
      cosigner === undefined ? [this.#signer] : [cosigner, this.#signer];
    const planned: { readonly tip: LogTip; readonly followed: FollowedHead; readonly next: LogTip }[] = [];
    await this.#store.append((stored): Integration => {
      check?.(stored);
      const tip = this.#tip;
      const followed = followHead(tip, stored, this.#keys);
      const { edge, tiles } = followed.edge.append(leaves);
      const [size, root] = [edge.size, edge.root()];
      const checkpoint = signCheckpoint({ size, root }, ...signers);
      planned.push({ tip, followed, next: { edge, checkpoint } });
      const head = { size, edge: edge.levels, root, checkpoint };
      return { entries, tiles, head, ...(keep && { keep }) };
    }, condition);
    // A store may integrate more than once before it commits.
    const committed = planned.at(-1);
    if (committed === undefined) throw new TypeError('The store resolved an append without integrating it');
    const { tip, followed, next } = committed;
    await this.#assertFollows(tip, followed, next.edge);
    this.#advance(next);
    return followed.edge.size;
  }

  /** Proves from tiles that `edge` extends the tip when the head alone did not show it. */
  async #assertFollows(tip: LogTip, { extendsTip }: FollowedHead, edge: RightEdge): Promise<void> {
    if (!extendsTip) await assertExtends(this.#store, edge, { size: tip.edge.size, root: tip.edge.root() });
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
