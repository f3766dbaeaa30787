import { createPublicKey } from 'node:crypto';
import type { TLogEntryWithInclusionProof } from '@sigstore/bundle';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import { SomeTree } from './some-tree.ts';

/** A proof of ours in the form of a Rekor entry. */
function rekorEntry(
  tree: SomeTree,
  index: number,
  hashes: readonly Uint8Array[],
  body: Uint8Array,
): TLogEntryWithInclusionProof {
  return {
    logIndex: String(index),
    logId: { keyId: Buffer.from(tree.signer.verifier.keyId, 'hex') },
    kindVersion: { kind: 'interlock', version: '1' },
    integratedTime: '0',
    inclusionPromise: undefined,
    inclusionProof: {
      logIndex: String(index),
      rootHash: Buffer.from(tree.root),
      treeSize: String(tree.size),
      hashes: hashes.map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: tree.checkpoint },
    },
    canonicalizedBody: Buffer.from(body),
  };
}

function trusting(tree: SomeTree) {
  return {
    baseURL: tree.signer.verifier.name,
    logID: Buffer.from(tree.signer.verifier.keyId, 'hex'),
    publicKey: createPublicKey(tree.publicKey),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  };
}

describe("Sigstore's checkpoint and Merkle code", () => {
  it.each([1, 2, 7, 256, 300])('agrees with ours on a log of %d entries', async (size) => {
    const tree = new SomeTree(size);
    for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
      const entry = rekorEntry(tree, index, await tree.inclusion(index), tree.leaves[index] ?? Buffer.of());
      const checkpoint = verifyCheckpoint(entry, [trusting(tree)]);
      expect(checkpoint).toMatchObject({ origin: tree.signer.verifier.name, logSize: BigInt(size) });
      expect(() => {
        verifyMerkleInclusion(entry, checkpoint);
      }).not.toThrow();
    }
  });

  it('refuses another entry and another key', async () => {
    const tree = new SomeTree(300);
    const entry = rekorEntry(tree, 5, await tree.inclusion(5), Buffer.from('{}'));
    const checkpoint = verifyCheckpoint(entry, [trusting(tree)]);
    expect(() => {
      verifyMerkleInclusion(entry, checkpoint);
    }).toThrow('root hash');
    expect(() => verifyCheckpoint(entry, [trusting(new SomeTree(3))])).toThrow('signature');
  });
});
