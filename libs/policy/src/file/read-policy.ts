import { createHash } from 'node:crypto';
import type { Policy } from '../policy.ts';
import { compilePolicy } from './compile-policy.ts';
import { checkReferences } from './cross-references.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { PolicyProblem } from './policy-problem.ts';
import { policyFileSchema, readShape } from './policy-shape.ts';
import { readYaml } from './read-yaml.ts';

/** A policy, or everything that is wrong with its file in the order of the file. */
export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy file: YAML 1.2 in UTF-8, format version 1 (docs/policy.md). Does not throw for any bytes. `fileName`
 * only names the file in problems.
 */
export function readPolicy(bytes: Uint8Array, fileName: string): PolicyReading {
  const reading = readYaml(bytes, fileName, {
    shape: (value) => readShape(policyFileSchema, value),
    references: checkReferences,
  });
  if (!reading.ok) return reading;
  const { file, written, locate } = reading;
  const policy = compilePolicy(file, createHash('sha256').update(bytes).digest('hex'));
  return { ok: true, policy, document: { policy, file, written, locate } };
}
