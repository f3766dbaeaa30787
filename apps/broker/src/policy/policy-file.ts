import { hash } from 'node:crypto';
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
  const bytes = bytesOf(file);
  return bytes === undefined ? { ok: false, reason: 'unreadable' } : compiled(file, bytes);
}

/**
 * The same, unless the file still has the digest (SHA-256, hex) of the policy in force: compiling a large policy would
 * hold up all requests, and the file is looked at every now and then.
 */
export function loadChangedPolicy(file: string, inForce: string | undefined): PolicyLoading | 'unchanged' {
  const bytes = bytesOf(file);
  if (bytes === undefined) return { ok: false, reason: 'unreadable' };
  return hash('sha256', bytes) === inForce ? 'unchanged' : compiled(file, bytes);
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function compiled(file: string, bytes: Uint8Array): PolicyLoading {
  const reading = readPolicy(bytes, file);
  if (!reading.ok) return { ok: false, reason: 'invalid', problems: reading.problems.map(describeProblem) };
  // Not the whole document: where everything stands would keep the file's syntax tree in memory.
  const { policy, file: content, written } = reading.document;
  return { ok: true, loaded: { policy, file: content, written, text: Buffer.from(bytes).toString('utf8') } };
}
