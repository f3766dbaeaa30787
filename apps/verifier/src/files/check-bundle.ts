import { type Checkpoint, openCheckpoint, readCheckpoint } from '../note/checkpoint.ts';
import { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import { Unreadable } from '../report/unreadable.ts';
import { same } from '../tree/hash.ts';
import type { BundleFiles } from './bundle-files.ts';
import { checkFooter } from './check-footer.ts';
import { checkLines, type ExportedEntry } from './check-lines.ts';
import { checkManifest } from './check-manifest.ts';
import { checkManifestFacts } from './manifest.ts';
import { checkPolicies } from './check-policies.ts';
import { checkInclusion } from './check-proof.ts';

/**
 * Verifies an evidence bundle: every file against the manifest, the checkpoint, each entry through its proof, each
 * disclosure, each policy. The bundle's own trust file proves nothing, so it is only compared with the given keys.
 */
export async function checkBundle(bundle: BundleFiles, trust: Trust | undefined, report: Report): Promise<void> {
  const manifest = await checkManifest(bundle, trust, report);
  const paths = new Set(bundle.paths);
  const checkpoint = await openBundleCheckpoint(bundle, paths, trust, report);
  if (paths.has('trust.json')) checkTrustFile(await bundle.text('trust.json'), trust, report);
  if (!paths.has('entries.ndjson')) {
    report.problem('file-missing', 'The bundle has no entries.ndjson');
    return;
  }
  let count = 0;
  const policies = new Set<string>();
  const each = async (entry: ExportedEntry) => {
    count += 1;
    const policy = entry.leaf?.text(['policy', 'sha256']);
    if (policy !== undefined) policies.add(policy);
    await checkEntryProof(entry, bundle, paths, checkpoint, report);
  };
  const footer = await checkLines(await bundle.open('entries.ndjson'), each, report);
  report.fact('entries in the bundle', count);
  if (footer === undefined) {
    report.problem('footer-missing', 'The entries do not end with a signed count: they may be cut off');
  } else {
    checkFooter(footer, count, trust, report);
    await compareCheckpoints(footer.checkpoint, bundle, paths, report);
    if (manifest !== undefined) checkManifestFacts(manifest, { checkpoint, count, query: footer.query }, report);
  }
  await checkPolicies(bundle, paths, policies, report);
}

async function openBundleCheckpoint(
  bundle: BundleFiles,
  paths: ReadonlySet<string>,
  trust: Trust | undefined,
  report: Report,
): Promise<Checkpoint | undefined> {
  if (!paths.has('checkpoint')) {
    report.problem('checkpoint-missing', 'The bundle has no checkpoint');
    return undefined;
  }
  const checkpoint = openCheckpoint(await bundle.text('checkpoint'), trust, report);
  if (checkpoint === undefined) return undefined;
  report.fact('origin', checkpoint.origin);
  report.fact('size', checkpoint.size);
  report.fact('root', Buffer.from(checkpoint.root).toString('base64'));
  return checkpoint;
}

/** The count says how many entries a log of one size has; the proofs must be about the same log. */
async function compareCheckpoints(
  counted: string,
  bundle: BundleFiles,
  paths: ReadonlySet<string>,
  report: Report,
): Promise<void> {
  if (paths.has('checkpoint') && (await bundle.text('checkpoint')) !== counted)
    report.problem('footer', 'The signed count is about another checkpoint than that of the bundle');
}

/** The signatures of all proofs are those of one checkpoint, which was opened once; a proof must carry the same. */
async function checkEntryProof(
  { index, hash }: ExportedEntry,
  bundle: BundleFiles,
  paths: ReadonlySet<string>,
  checkpoint: Checkpoint | undefined,
  report: Report,
): Promise<void> {
  const path = `proofs/${index}.tlog-proof`;
  if (!paths.has(path)) {
    report.problem('proof-missing', 'The bundle has no proof of the entry', index);
    return;
  }
  const read = (text: string) => readCheckpoint(text, report, 'checkpoint of a proof')?.checkpoint;
  const proven = checkInclusion(await bundle.text(path), hash, read, report);
  if (proven === undefined || checkpoint === undefined) return;
  if (proven.index !== index) report.problem('inclusion', `The proof of entry ${index} is of another index`, index);
  const { origin, size, root } = checkpoint;
  const other = proven.checkpoint;
  if (other.origin !== origin || other.size !== size || !same(other.root, root)) {
    report.problem('inclusion', 'The proof leads to another checkpoint than that of the bundle', index);
  }
}

function checkTrustFile(text: string, trust: Trust | undefined, report: Report): void {
  if (trust === undefined) return;
  try {
    const known = new Set(trust.keys.map(({ vkey }) => vkey));
    if (Trust.parse(text).keys.every(({ vkey }) => known.has(vkey))) return;
    report.problem('trust', 'The trust file of the bundle names a key that you were not told to trust');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    report.problem('trust', 'The trust file of the bundle cannot be read');
  }
}
