import { readFileSync } from 'node:fs';
import type { LogKey } from '#audit';
import type { Config } from '#config';
import { describeProblem, type Policy, readPolicy } from '#policy';
import { loadLogKey } from './log-key-file.ts';
import { StartupError } from './startup-error.ts';

/** The files that a start needs, read and checked. */
export interface Inputs {
  readonly policy: Policy;
  readonly logKey: LogKey;
}

/** Reads policy and log key; throws one {@link StartupError} that tells what is wrong with both. */
export function readInputs({ policyFile, log }: Pick<Config, 'policyFile' | 'log'>, { dryRun = false } = {}): Inputs {
  const problems: string[] = [];
  const policy = attempt(() => loadPolicy(policyFile), problems);
  const logKey = attempt(() => loadLogKey(log, dryRun), problems);
  if (policy === undefined || logKey === undefined) throw new StartupError(problems);
  return { policy, logKey };
}

function loadPolicy(file: string): Policy {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new StartupError([`INTERLOCK_POLICY  unreadable: the policy file ${file} cannot be read`]);
  }
  const reading = readPolicy(bytes, file);
  if (reading.ok) return reading.policy;
  throw new StartupError(reading.problems.map(describeProblem));
}

function attempt<Value>(read: () => Value, problems: string[]): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
