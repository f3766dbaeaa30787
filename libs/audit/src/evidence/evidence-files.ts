import { toTimestamp } from '#kernel';
import type { LogSnapshot } from '../log-snapshot.ts';
import type { BegunEvidence } from './begun-evidence.ts';
import { type BundleFile, hashedFile } from './bundle-file.ts';
import { BundleManifest } from './bundle-manifest.ts';
import type { EvidenceLines } from './evidence-lines.ts';
import { evidenceReadme } from './evidence-readme.ts';
import { verifyScript } from './verify-script.ts';

/** Proofs that are made at once: neighbours share most of the tiles that they are made from. */
const proofsAtOnce = 32;

/**
 * The files of an evidence bundle, each made when it is asked for: nothing is kept of them but hashes and indexes. The
 * manifest comes last, because it lists all others, and the log's statement about it after that.
 */
export async function* evidenceFiles(
  begun: BegunEvidence,
  lines: EvidenceLines,
): AsyncGenerator<BundleFile, void, undefined> {
  const { snapshot, query, disclosed } = begun;
  const manifest = new BundleManifest();
  for await (const file of listedFiles(begun, lines)) {
    yield hashedFile(file, manifest.add);
  }
  const { origin, size } = snapshot;
  const count = lines.indexes.length;
  const text = manifest.text({ origin, size, query, count, disclosed, created: toTimestamp(begun.created) });
  yield { path: 'manifest.json', content: text };
  yield { path: 'manifest.note', content: snapshot.signManifest(text) };
}

async function* listedFiles(begun: BegunEvidence, lines: EvidenceLines): AsyncGenerator<BundleFile, void, undefined> {
  const { snapshot, policies } = begun;
  yield { path: 'README.md', content: evidenceReadme(begun) };
  yield { path: 'verify.sh', content: verifyScript };
  yield { path: 'checkpoint', content: snapshot.checkpoint };
  yield { path: 'trust.json', content: trustFile(snapshot) };
  yield { path: 'entries.ndjson', content: lines };
  const { indexes } = lines;
  for (let first = 0; first < indexes.length; first += proofsAtOnce) {
    const part = indexes.slice(first, first + proofsAtOnce);
    const proofs = await snapshot.prove(part);
    for (const [at, index] of part.entries()) {
      yield { path: `proofs/${index}.tlog-proof`, content: proofs[at] ?? '' };
    }
  }
  for (const sha256 of lines.policies) {
    const document = await policies.document(sha256);
    if (document !== undefined) yield { path: `policies/${sha256}.yaml`, content: document };
  }
}

/** One key per line, so that a shell can read it. */
function trustFile({ trust }: LogSnapshot): string {
  const keys = trust.map(({ vkey, fromSize, toSize }) => JSON.stringify({ vkey, fromSize, toSize }));
  return `[\n  ${keys.join(',\n  ')}\n]\n`;
}
