import {
  checkpointText,
  formatGrowthProof,
  formatTlogProof,
  type NoteSigner,
  signCheckpoint,
  TlogError,
  TreeHashes,
  verifyConsistency,
  verifyInclusion,
} from '#tlog';
import { AuditLogError } from './audit-error.ts';
import type { KeyWindow } from './key-history.ts';
import type { LogStore } from './log-store.ts';
import type { LogTip } from './log-tip.ts';

/**
 * Proofs for those who check the log. Each is verified before it is handed out: a proof that does not verify would
 * look like tampering to its receiver, and an older checkpoint is signed again only when it lies on our history.
 */
export class LogProofs {
  readonly #store: LogStore;
  readonly #signer: NoteSigner;
  /** The smallest size that the signer may sign. */
  readonly #fromSize: number;

  /** @param window of the signer's key; without it the key is good for every size. */
  constructor(store: LogStore, signer: NoteSigner, window?: KeyWindow) {
    this.#store = store;
    this.#signer = signer;
    this.#fromSize = window?.fromSize ?? 0;
  }

  /** `.tlog-proof` texts that these entries are among the first `size`. */
  async inclusions(tip: LogTip, indexes: readonly number[], size: number): Promise<readonly string[]> {
    return translated(async () => {
      const tree = this.#treeOf(tip);
      const { root, checkpoint } = await this.#checkpointAt(tip, tree, size);
      const prove = async (index: number): Promise<string> => {
        const [hashes, leafHash] = await Promise.all([tree.inclusionProof(index, size), tree.leafAt(index)]);
        if (!verifyInclusion({ index, size, leafHash, root }, hashes)) throw tilesInvalid();
        return formatTlogProof({ index, hashes, checkpoint });
      };
      return Promise.all(indexes.map(prove));
    });
  }

  /** Proof that the log at `size` extends what it was at `oldSize`. */
  async growth(tip: LogTip, oldSize: number, size: number): Promise<string> {
    return translated(async () => {
      const tree = this.#treeOf(tip);
      const hashes = await tree.consistencyProof(oldSize, size);
      const { root, checkpoint } = await this.#checkpointAt(tip, tree, size);
      const claim = { oldSize, oldRoot: await tree.rootAt(oldSize), size, root };
      if (!verifyConsistency(claim, hashes)) throw tilesInvalid();
      return formatGrowthProof({ oldSize, hashes, checkpoint });
    });
  }

  /** The first `width` hashes of a tile. Not verified: whoever builds a tree of tiles compares its root. */
  async tile(tip: LogTip, level: number, index: number, width: number): Promise<Uint8Array> {
    return translated(() => this.#treeOf(tip).tile(level, index, width));
  }

  #treeOf(tip: LogTip): TreeHashes {
    return new TreeHashes(tip.edge, (level, index) => this.#store.tile(level, index));
  }

  async #checkpointAt(tip: LogTip, tree: TreeHashes, size: number) {
    if (size === tip.edge.size) return { root: tip.edge.root(), checkpoint: tip.checkpoint };
    const root = await tree.rootAt(size);
    this.#assertPrefix(tip, size, root, await tree.consistencyProof(size, tip.edge.size));
    return { root, checkpoint: (await this.#kept(size, root)) ?? this.#signedAgain(size, root) };
  }

  /** The checkpoint that was kept, with the signatures of witnesses. */
  async #kept(size: number, root: Uint8Array): Promise<string | undefined> {
    const kept = await this.#store.kept(size);
    if (kept?.startsWith(checkpointText({ origin: this.#signer.verifier.name, size, root })) === false) {
      throw tilesInvalid();
    }
    return kept;
  }

  /** Ed25519 is deterministic: if this size was ever published, these are the bytes of then. */
  #signedAgain(size: number, root: Uint8Array): string {
    if (size < this.#fromSize) {
      throw new AuditLogError(
        'checkpoint_retired',
        `The log's key was another one at that size; ask for a size of ${this.#fromSize} or more`,
      );
    }
    return signCheckpoint({ size, root }, this.#signer);
  }

  #assertPrefix(tip: LogTip, oldSize: number, oldRoot: Uint8Array, proof: readonly Uint8Array[]): void {
    const claim = { oldSize, oldRoot, size: tip.edge.size, root: tip.edge.root() };
    if (!verifyConsistency(claim, proof)) throw tilesInvalid();
  }
}

function tilesInvalid(cause?: unknown): AuditLogError {
  return new AuditLogError('log_tiles_invalid', 'The stored tiles do not lead to the root of the checkpoint', {
    cause,
  });
}

async function translated<Result>(prove: () => Promise<Result>): Promise<Result> {
  try {
    return await prove();
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    if (cause.code !== 'range_invalid') throw tilesInvalid(cause);
    throw new AuditLogError('entry_unknown', 'The log has no such entry, or was never of that size', { cause });
  }
}
