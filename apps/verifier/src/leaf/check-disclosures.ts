import { hash } from 'node:crypto';
import type { Problem } from '../report/problem.ts';
import type { Leaf } from './leaf.ts';

/** A personal field that is kept beside an entry. */
export interface StoredField {
  /** Absent where only the disclosure itself is given. */
  readonly name?: string;
  /** The RFC 9901 disclosure, or undefined when it is encrypted. */
  readonly disclosure?: string;
  /** Opens an encrypted one, given its entry, where the key is at hand; undefined when it does not open. */
  readonly unseal?: (leaf: Leaf) => string | undefined;
}

/** The personal fields of an entry, counted by what became of them. */
export interface FieldCounts {
  readonly disclosed: number;
  readonly erased: number;
  readonly sealed: number;
  readonly problems: readonly Problem[];
}

/**
 * Compares an entry's personal fields with the digests in it (RFC 9901 §4.2): each disclosure must be one of them, once,
 * and under its own name. A digest without a field is an erased one.
 */
export function checkDisclosures(index: number, leaf: Leaf, fields: readonly StoredField[]): FieldCounts {
  const problems: Problem[] = [];
  const open = new Set(leaf.digests);
  const all = open.size;
  let sealed = 0;
  const wrong = (detail: string) => problems.push({ code: 'disclosure', index, detail });
  for (const { name, disclosure: plain, unseal } of fields) {
    const disclosure = plain ?? unseal?.(leaf);
    if (disclosure === undefined) {
      sealed += 1;
      if (unseal !== undefined) wrong('A personal field was not sealed for this entry under this name');
      continue;
    }
    if (!open.delete(hash('sha256', disclosure, 'base64url')))
      wrong('A disclosure is not one that the entry commits to');
    else if (name !== undefined && nameOf(disclosure) !== name) wrong('A disclosure is kept under another name');
  }
  if (sealed > open.size) wrong('There are more personal fields than the entry commits to');
  return { disclosed: all - open.size, sealed, erased: Math.max(0, open.size - sealed), problems };
}

function nameOf(disclosure: string): string | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.length === 3 && typeof parts[1] === 'string' ? parts[1] : undefined;
  } catch {
    return undefined;
  }
}
