import { hashOfNode, sha256 } from './hash.ts';

/** Root over leaf hashes that come one by one (RFC 6962 §2.1): of those before only the full subtrees are kept. */
export class GrowingRoot {
  /** Roots of full subtrees from left to right, one per bit of {@link size}. */
  readonly #subtrees: Uint8Array[] = [];
  #size = 0;

  /** How many hashes there were. */
  get size(): number {
    return this.#size;
  }

  add(hash: Uint8Array): void {
    let root = hash;
    for (let count = this.#size; count % 2 === 1; count = Math.floor(count / 2)) {
      root = hashOfNode(this.#subtrees.pop() as Uint8Array, root);
    }
    this.#subtrees.push(root);
    this.#size += 1;
  }

  /** SHA-256 of nothing while there are none. */
  root(): Uint8Array {
    if (this.#subtrees.length === 0) return sha256('');
    return this.#subtrees.reduceRight((right, left) => hashOfNode(left, right));
  }
}
