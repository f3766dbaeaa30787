import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Anchor, AxiosHttpsPost, DirectoryAnchor, HttpsAnchor, type HttpsPost, WitnessAnchor } from '#audit';
import type { AnchorTarget } from '#config';
import { CosignatureVerifier, TlogError } from '#tlog';
import { StartupError } from './startup-error.ts';

/** The anchors of a configuration; throws a {@link StartupError} that tells all that cannot be used as they are. */
export function buildAnchors(targets: readonly AnchorTarget[]): readonly Anchor[] {
  const problems: string[] = [];
  const post = new AxiosHttpsPost();
  const anchors = targets.flatMap((target) => {
    try {
      return [buildAnchor(target, post)];
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  const names = anchors.map(({ name }) => name);
  if (new Set(names).size < names.length) problems.push(problem('invalid', 'two witnesses have the same name'));
  if (problems.length > 0) throw new StartupError(problems);
  return anchors;
}

function buildAnchor(target: AnchorTarget, post: HttpsPost): Anchor {
  switch (target.kind) {
    case 'directory':
      return directoryAt(target.path);
    case 'https':
      return new HttpsAnchor(target.url, post, target.tokenFile === undefined ? undefined : tokenIn(target.tokenFile));
    case 'witness':
      return new WitnessAnchor(target.url, keyOf(target), post);
  }
}

/** It must be there: a missing one is a volume that is not mounted, and would let a log that went back go on. */
function directoryAt(path: string): Anchor {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    readdirSync(path);
    return new DirectoryAnchor(path);
  } catch {
    throw new StartupError([problem('unreadable', `the directory ${path} cannot be read and written`)]);
  }
}

function tokenIn(file: string): () => Promise<string> {
  try {
    readFileSync(file);
  } catch {
    throw new StartupError([problem('unreadable', `the token file ${file} cannot be read`)]);
  }
  return async () => (await readFile(file, 'utf8')).trim();
}

function keyOf({ url, vkey }: { readonly url: string; readonly vkey: string }): CosignatureVerifier {
  try {
    return CosignatureVerifier.parse(vkey);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    throw new StartupError([problem('invalid', `the key of the witness at ${url} is no cosignature vkey`)]);
  }
}

function problem(kind: 'invalid' | 'unreadable', message: string): string {
  return `INTERLOCK_ANCHORS  ${kind}: ${message}`;
}
