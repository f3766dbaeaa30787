import { readFileSync } from 'node:fs';
import { type Config, type Configuration, ConfigurationError, readConfiguration, type Variables } from '#config';
import { describeProblem, type Policy, readPolicy } from '#policy';
import { fail, type Finding, ok } from './finding.ts';

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
