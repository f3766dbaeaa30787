import { generateKeyPairSync } from 'node:crypto';
import { leafHash, NoteSigner, RightEdge, signCheckpoint, TreeHashes } from '#tlog';

const origin = 'broker.example/audit/interop';

/** A small log of ours that others are to check. */
export class SomeTree {
  readonly leaves: readonly Uint8Array[];
  readonly signer: NoteSigner;
  /** PEM of the public key. */
  readonly publicKey: string;
  readonly #edge: RightEdge;
  readonly #tree: TreeHashes;

  constructor(
    readonly size: number,
    private readonly pair = generateKeyPairSync('ed25519'),
    private readonly fork = size,
  ) {
    this.signer = new NoteSigner(origin, pair.privateKey);
    this.publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.leaves = Array.from({ length: size }, (_, index) =>
      Buffer.from(index < fork ? `{"entry":${index}}` : `{"other":${index}}`),
    );
    const { edge, tiles } = RightEdge.empty.append(this.leaves.map((leaf) => leafHash(leaf)));
    const tileOf = new Map(tiles.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
    this.#edge = edge;
    this.#tree = new TreeHashes(edge, (level, index) => Promise.resolve(tileOf.get(`${level}/${index}`)));
  }

  /** A log under the same key that has other entries from `index` on. */
  forkedAt(index: number): SomeTree {
    return new SomeTree(this.size, this.pair, Math.min(index, this.fork));
  }

  /** The checkpoint of then. */
  checkpointAt(size: number): string {
    const { edge } = RightEdge.empty.append(this.leaves.slice(0, size).map((leaf) => leafHash(leaf)));
    return signCheckpoint({ size, root: edge.root() }, this.signer);
  }

  get root(): Uint8Array {
    return this.#edge.root();
  }

  get vkey(): string {
    return this.signer.verifier.vkey;
  }

  get checkpoint(): string {
    return signCheckpoint({ size: this.size, root: this.root }, this.signer);
  }

  rootAt(size: number): Promise<Uint8Array> {
    return this.#tree.rootAt(size);
  }

  leafAt(index: number): Promise<Uint8Array> {
    return this.#tree.leafAt(index);
  }

  tile(level: number, index: number, width: number): Promise<Uint8Array> {
    return this.#tree.tile(level, index, width);
  }

  inclusion(index: number, size = this.size): Promise<Uint8Array[]> {
    return this.#tree.inclusionProof(index, size);
  }

  growth(oldSize: number, size = this.size): Promise<Uint8Array[]> {
    return this.#tree.consistencyProof(oldSize, size);
  }
}
