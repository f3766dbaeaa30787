import { existsSync, readFileSync } from 'node:fs';
import { LogKey } from '#audit';
import { type Config, type Configuration, ConfigurationError, readConfiguration, type Variables } from '#config';
import { CodedError } from '#kernel';
import { describeProblem, type Policy, readPolicy } from '#policy';
import { fail, type Finding, ok, warn } from './finding.ts';

/** A part of what a start needs, when it is sound, with what there is to say about it. */
export interface Checked<Value> {
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
}

/** The configuration; when it is not sound, at least the files that it names. */
export function checkConfiguration(
  variables: Variables,
): Checked<Configuration> & { readonly files: Pick<Config, 'policyFile' | 'log'> } {
  try {
    const value = readConfiguration(variables);
    const { cloud, credential } = value.config.microsoft;
    const said = ok('configuration', `sound: cloud ${cloud}, credential ${credential.kind}, ${value.config.database}`);
    return { value, findings: [said], files: value.config };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const findings = error.mistakes.map(({ setting, kind, message }) =>
      fail('configuration', `setting_${kind}`, `${setting} ${kind}: ${message}`, { note: `set ${setting}` }),
    );
    return { value: undefined, findings, files: error.files };
  }
}

export function checkPolicy(file: string): Checked<Policy> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    const unreadable = fail('policy', 'policy_unreadable', `${file} cannot be read`, {
      note: 'point INTERLOCK_POLICY to the policy file',
    });
    return { value: undefined, findings: [unreadable] };
  }
  const reading = readPolicy(bytes, file);
  if (reading.ok) {
    const { policy } = reading;
    const count = policy.catalog.entries.length;
    return { value: policy, findings: [ok('policy', `${file} is sound: ${count} jobs, sha256 ${policy.sha256}`)] };
  }
  const lint = { note: `mend the file, then: interlock policy lint ${file}` };
  return {
    value: undefined,
    findings: reading.problems.map((problem) => fail('policy', problem.code, describeProblem(problem), lint)),
  };
}

/** Never makes a key: the broker does at its first start, where it may. */
export function checkLogKey({
  keyFile,
  origin,
  createKeys,
}: Omit<Config['log'], 'disclosureKeyFile'>): Checked<LogKey> {
  const nothing = (finding: Finding): Checked<LogKey> => ({ value: undefined, findings: [finding] });
  if (!existsSync(keyFile)) {
    if (createKeys)
      return nothing(warn('log-key', 'log_key_absent', `${keyFile} is not there; the first start makes it`));
    const made = { note: `openssl genpkey -algorithm ed25519 -out ${keyFile}` };
    return nothing(fail('log-key', 'log_key_missing', `there is no key file ${keyFile}`, made));
  }
  try {
    const key = LogKey.parse(origin, readFileSync(keyFile, 'utf8'));
    return { value: key, findings: [ok('log-key', key.vkey)] };
  } catch (error) {
    const message = error instanceof CodedError ? error.message : `${keyFile} cannot be read`;
    return nothing(fail('log-key', 'log_key_invalid', message));
  }
}

/** The key that the log is to be taken over from, when one is named. */
export function checkPreviousKey({ previousKeyFile, origin }: Config['log']): Checked<LogKey> {
  if (previousKeyFile === undefined) return { value: undefined, findings: [] };
  if (existsSync(previousKeyFile)) return checkLogKey({ keyFile: previousKeyFile, origin, createKeys: false });
  const unset = { note: 'unset INTERLOCK_LOG_PREVIOUS_KEY_FILE if the log was handed over already' };
  const missing = fail('log-key', 'log_key_missing', `there is no previous key file ${previousKeyFile}`, unset);
  return { value: undefined, findings: [missing] };
}
