import { readFileSync } from 'node:fs';
import { DisclosureKey, LogKey } from '#audit';
import type { Config } from '#config';
import { describeProblem, type Policy, readPolicy } from '#policy';
import { loadKey } from './key-file.ts';
import { StartupError } from './startup-error.ts';

/** The files that a start needs, read and checked. */
export interface Inputs {
  readonly policy: Policy;
  /** The policy file's own bytes. */
  readonly policyDocument: Uint8Array;
  readonly logKey: LogKey;
  /** Of the key that signed the log until now, while it is being taken over. */
  readonly previousKey: LogKey | undefined;
  /** Wraps the keys under which personal fields are kept. */
  readonly disclosureKey: DisclosureKey;
}

/** Reads policy and keys; throws one {@link StartupError} that tells what is wrong with all of them. */
export function readInputs({ policyFile, log }: Pick<Config, 'policyFile' | 'log'>, { dryRun = false } = {}): Inputs {
  const problems: string[] = [];
  const policy = attempt(() => loadPolicy(policyFile), problems);
  // First: a start that fails over the previous key must not make the new one.
  const previousKey = attempt(() => loadPreviousKey(log), problems);
  const logKey = attempt(() => loadLogKey(log, dryRun || problems.length > 0), problems);
  const disclosureKey = attempt(() => loadDisclosureKey(log, dryRun || problems.length > 0), problems);
  if (policy === undefined || logKey === undefined || disclosureKey === undefined || problems.length > 0) {
    throw new StartupError(problems);
  }
  return { ...policy, logKey, previousKey, disclosureKey };
}

function loadLogKey({ origin, keyFile: file, createKeys: mayCreate }: Config['log'], dryRun: boolean): LogKey {
  const parse = (pem: string) => LogKey.parse(origin, pem);
  const generate = () => LogKey.generatePem();
  return loadKey({ setting: 'INTERLOCK_LOG_KEY_FILE', file, mayCreate, generate, parse }, dryRun);
}

/** The key that the log is to be taken over from, when one is named. */
function loadPreviousKey({ origin, previousKeyFile: file }: Config['log']): LogKey | undefined {
  if (file === undefined) return undefined;
  const parse = (pem: string) => LogKey.parse(origin, pem);
  const generate = () => LogKey.generatePem();
  return loadKey({ setting: 'INTERLOCK_LOG_PREVIOUS_KEY_FILE', file, mayCreate: false, generate, parse }, false);
}

function loadDisclosureKey(
  { disclosureKeyFile: file, createKeys: mayCreate }: Config['log'],
  dryRun: boolean,
): DisclosureKey {
  const parse = (text: string) => DisclosureKey.parse(text);
  const generate = () => DisclosureKey.generate();
  return loadKey({ setting: 'INTERLOCK_DISCLOSURE_KEY_FILE', file, mayCreate, generate, parse }, dryRun);
}

function loadPolicy(file: string): Pick<Inputs, 'policy' | 'policyDocument'> {
  let policyDocument: Uint8Array;
  try {
    policyDocument = readFileSync(file);
  } catch {
    throw new StartupError([`INTERLOCK_POLICY  unreadable: the policy file ${file} cannot be read`]);
  }
  const reading = readPolicy(policyDocument, file);
  if (reading.ok) return { policy: reading.policy, policyDocument };
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
