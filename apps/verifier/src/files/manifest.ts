import { z } from 'zod';
import type { Checkpoint } from '../note/checkpoint.ts';
import { checkSignatures } from '../note/check-signatures.ts';
import { parseNote } from '../note/note.ts';
import type { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import { sha256 } from '../tree/hash.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  format: z.literal('interlock/evidence@v1'),
  origin: z.string(),
  size: z.number(),
  query: z.string(),
  querySha256: digest,
  count: z.number(),
  files: z.array(z.object({ path: z.string(), sha256: digest })),
});

/** What a bundle says about itself: the query, what it found at which size of the log, each file with its SHA-256. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads a manifest, or undefined when it is none. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What the log's key signs of a bundle, so that no file of it can be changed, added or left out. */
export function manifestStatement(manifest: string): string {
  return `interlock/evidence@v1\nmanifest ${sha256(manifest).toString('base64')}\n`;
}

/** Checks the signed note about a manifest's text. `size` is that of the log, for the windows of keys. */
export function checkManifestNote(
  text: string,
  manifest: string,
  size: number,
  trust: Trust | undefined,
  report: Report,
): void {
  const note = parseNote(text);
  if (note?.text !== manifestStatement(manifest)) {
    report.problem('manifest', 'The signed statement about the manifest is about another one');
  } else if (trust !== undefined) {
    checkSignatures(note, size, trust, 'manifest', report);
  }
}

/** Compares what the manifest says with what the bundle holds. */
export function checkManifestFacts(
  { origin, size, query, querySha256, count }: Manifest,
  found: { readonly checkpoint: Checkpoint | undefined; readonly count: number; readonly query: unknown },
  report: Report,
): void {
  const { checkpoint } = found;
  const wrong = [
    ...(checkpoint !== undefined && (origin !== checkpoint.origin || size !== checkpoint.size) ? ['log'] : []),
    ...(count === found.count ? [] : ['number of entries']),
    ...(query === found.query && querySha256 === sha256(query).toString('hex') ? [] : ['query']),
  ];
  for (const what of wrong) report.problem('manifest', `The manifest has another ${what} than the bundle`);
}
