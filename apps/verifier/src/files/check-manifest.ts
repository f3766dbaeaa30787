import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Report } from '../report/report.ts';
import type { BundleFiles } from './bundle-files.ts';

const manifestName = 'manifest.json';
const manifestSchema = z.object({
  files: z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** Compares the files of a bundle with its manifest, both ways. */
export async function checkManifest(bundle: BundleFiles, report: Report): Promise<void> {
  if (bundle.trailing > 0) report.problem('trailing-bytes', `There are ${bundle.trailing} bytes behind the bundle`);
  const present = new Set<string>();
  for (const path of bundle.paths) {
    if (present.has(path)) report.problem('file-duplicate', `The bundle has ${path} twice`);
    present.add(path);
  }
  if (!present.has(manifestName)) {
    report.problem('file-missing', `The bundle has no ${manifestName}`);
    return;
  }
  const manifest = readManifest(await bundle.text(manifestName));
  if (manifest === undefined) {
    report.problem('line-malformed', `${manifestName} is not a list of files with their SHA-256`);
    return;
  }
  const listed = new Set([manifestName]);
  for (const { path, sha256 } of manifest.files) {
    listed.add(path);
    if (!present.has(path)) report.problem('file-missing', `The bundle has no ${path}`);
    else if ((await digestOf(await bundle.open(path))) !== sha256) {
      report.problem('file-hash', `${path} is not the file that the manifest lists`);
    }
  }
  for (const path of present) if (!listed.has(path)) report.problem('file-unlisted', `${path} is not in the manifest`);
}

function readManifest(text: string): z.infer<typeof manifestSchema> | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of chunks) digest.update(chunk);
  return digest.digest('hex');
}
