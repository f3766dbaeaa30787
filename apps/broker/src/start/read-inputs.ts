import type { Destination } from '#alarms';
import type { Anchor, DisclosureKey, LogKey } from '#audit';
import type { Config } from '#config';
import type { ConsoleCertificate } from '#session';
import { loadAlarmsFile } from '../alarms/alarms-file.ts';
import { type LoadedPolicy, loadPolicyFile } from '../policy/policy-file.ts';
import { loadConsoleCertificate } from '../session/console-credential.ts';
import { buildAnchors } from './build-anchors.ts';
import { loadDisclosureKey, loadLogKey, loadPreviousKey } from './load-keys.ts';
import { StartupError } from './startup-error.ts';

/** The files that a start needs, read and checked. */
export interface Inputs {
  readonly policy: LoadedPolicy;
  readonly logKey: LogKey;
  /** Of the key that signed the log until now, while it is being taken over. */
  readonly previousKey: LogKey | undefined;
  readonly anchors: readonly Anchor[];
  /** Who hears of alarms. */
  readonly destinations: readonly Destination[];
  /** Wraps the keys under which personal fields are kept. */
  readonly disclosureKey: DisclosureKey;
  /** Of the console's registration, when it has one. */
  readonly consoleCertificate: ConsoleCertificate | undefined;
}

/** Reads policy, keys and anchors; throws one {@link StartupError} that tells what is wrong with all of them. */
export function readInputs(
  {
    policyFile,
    log,
    anchors: { targets },
    alarmsFile,
    console,
  }: Pick<Config, 'policyFile' | 'log' | 'anchors' | 'alarmsFile' | 'console'>,
  { dryRun = false } = {},
): Inputs {
  const problems: string[] = [];
  const policy = attempt(() => loadPolicy(policyFile), problems);
  const anchors = attempt(() => buildAnchors(targets), problems) ?? [];
  const destinations = attempt(() => (alarmsFile === undefined ? [] : loadAlarmsFile(alarmsFile)), problems) ?? [];
  const previousKey = attempt(() => loadPreviousKey(log), problems);
  const consoleCertificate = attempt(() => {
    const { credential } = console ?? {};
    return credential?.kind === 'certificate' ? loadConsoleCertificate(credential.certificatePath) : undefined;
  }, problems);
  // Last: a start that fails over anything else must not make a key.
  const logKey = attempt(() => loadLogKey(log, dryRun || problems.length > 0), problems);
  const disclosureKey = attempt(() => loadDisclosureKey(log, dryRun || problems.length > 0), problems);
  if (policy === undefined || logKey === undefined || disclosureKey === undefined || problems.length > 0) {
    throw new StartupError(problems);
  }
  return { policy, logKey, previousKey, anchors, destinations, disclosureKey, consoleCertificate };
}

function loadPolicy(file: string): LoadedPolicy {
  const loading = loadPolicyFile(file);
  if (loading.ok) return loading.loaded;
  if (loading.reason === 'invalid') throw new StartupError(loading.problems);
  throw new StartupError([`INTERLOCK_POLICY  unreadable: the policy file ${file} cannot be read`]);
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
