import { readFile, stat } from 'node:fs/promises';
import { BundleFolder, type BundleFiles } from '../files/bundle-files.ts';
import { BundleZip } from '../files/bundle-zip.ts';
import { type Checkpoint, openCheckpoint } from '../note/checkpoint.ts';
import { Trust } from '../note/trust.ts';
import { TrustedKey } from '../note/trusted-key.ts';
import type { Report } from '../report/report.ts';
import { Unreadable } from '../report/unreadable.ts';

/** The keys of `--vkey` and `--trust`; undefined when neither was given. */
export async function readTrust(options: {
  readonly vkey?: readonly string[];
  readonly trust?: string;
}): Promise<Trust | undefined> {
  const fromFile = options.trust === undefined ? [] : Trust.parse(await readText(options.trust)).keys;
  const keys = [...fromFile, ...(options.vkey ?? []).map((vkey) => TrustedKey.parse(vkey))];
  return keys.length === 0 ? undefined : Trust.of(keys);
}

/** Older checkpoints of `--seen`, verified like any other. */
export async function readSeen(
  paths: readonly string[] | undefined,
  trust: Trust | undefined,
  report: Report,
): Promise<readonly Checkpoint[]> {
  const seen = [];
  for (const path of paths ?? []) {
    const checkpoint = openCheckpoint(await readText(path), trust, report, 'older checkpoint');
    if (checkpoint !== undefined) seen.push(checkpoint);
  }
  return seen;
}

export async function openBundle(path: string): Promise<BundleFiles> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true ? BundleFolder.open(path) : BundleZip.open(path);
}

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Unreadable(`The file ${path} cannot be read`, { cause });
  }
}

export async function readText(path: string): Promise<string> {
  return Buffer.from(await readBytes(path)).toString('utf8');
}
