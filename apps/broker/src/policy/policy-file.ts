import { readFileSync } from 'node:fs';
import { describeProblem, type PolicyContent, readPolicy } from '#policy';

/** A policy and the file's text. */
export interface LoadedPolicy extends PolicyContent {
  readonly text: string;
}

/** The policy of a file, or why there is none, in lines for the operator. */
export type PolicyLoading =
  | { readonly ok: true; readonly loaded: LoadedPolicy }
  | { readonly ok: false; readonly reason: 'unreadable' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly string[] };

/** Reads a policy file. Does not throw, whatever the file is. */
export function loadPolicyFile(file: string): PolicyLoading {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  const reading = readPolicy(bytes, file);
  if (!reading.ok) return { ok: false, reason: 'invalid', problems: reading.problems.map(describeProblem) };
  // Not the whole document: where everything stands would keep the file's syntax tree in memory.
  const { policy, file: content, written } = reading.document;
  return { ok: true, loaded: { policy, file: content, written, text: Buffer.from(bytes).toString('utf8') } };
}
