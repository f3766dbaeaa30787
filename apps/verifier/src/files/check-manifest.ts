import { createHash } from 'node:crypto';
import type { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import type { BundleFiles } from './bundle-files.ts';
import { checkManifestNote, type Manifest, parseManifest } from './manifest.ts';

const manifestName = 'manifest.json';
const noteName = 'manifest.note';

/** Compares the files of a bundle with its manifest, both ways, and checks that the log's key signed it. */
export async function checkManifest(
  bundle: BundleFiles,
  trust: Trust | undefined,
  report: Report,
): Promise<Manifest | undefined> {
  if (bundle.trailing > 0) report.problem('trailing-bytes', `There are ${bundle.trailing} bytes behind the bundle`);
  const present = new Set<string>();
  for (const path of bundle.paths) {
    if (present.has(path)) report.problem('file-duplicate', `The bundle has ${path} twice`);
    present.add(path);
  }
  const absent = [manifestName, noteName].filter((name) => !present.has(name));
  for (const name of absent) report.problem('file-missing', `The bundle has no ${name}`);
  if (!present.has(manifestName)) return undefined;
  const text = await bundle.text(manifestName);
  const manifest = parseManifest(text);
  if (manifest === undefined) {
    report.problem('line-malformed', `${manifestName} is not a list of files with their SHA-256`);
    return undefined;
  }
  if (present.has(noteName)) checkManifestNote(await bundle.text(noteName), text, manifest.size, trust, report);
  await compareFiles(bundle, present, manifest, report);
  return manifest;
}

async function compareFiles(
  bundle: BundleFiles,
  present: ReadonlySet<string>,
  manifest: Manifest,
  report: Report,
): Promise<void> {
  const listed = new Set([manifestName, noteName]);
  for (const { path, sha256 } of manifest.files) {
    listed.add(path);
    if (!present.has(path)) report.problem('file-missing', `The bundle has no ${path}`);
    else if ((await digestOf(await bundle.open(path))) !== sha256) {
      report.problem('file-hash', `${path} is not the file that the manifest lists`);
    }
  }
  for (const path of present) if (!listed.has(path)) report.problem('file-unlisted', `${path} is not in the manifest`);
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of chunks) digest.update(chunk);
  return digest.digest('hex');
}
