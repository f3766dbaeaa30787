import type { Variables } from '#config';
import { type Clock, CodedError } from '#kernel';
import { askMicrosoft } from './ask-microsoft.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkConsole } from './check-console.ts';
import { checkConfiguration, checkPolicy } from './check-inputs.ts';
import { checkDisclosureKey, checkLogKey, checkPreviousKey } from './check-keys.ts';
import { checkStore } from './check-store.ts';
import { type DoctorLog, openDoctorLog } from './doctor-log.ts';
import { checks, fail, type Finding, ok } from './finding.ts';

export interface Examination {
  readonly variables: Variables;
  /** Folder of the doctor's own log. */
  readonly recordsFolder: string;
  readonly clock: Clock;
}

/** Looks at everything that Interlock stands on and tells all of it. Changes nothing but the doctor's own log. */
export async function examine({ variables, recordsFolder, clock }: Examination): Promise<readonly Finding[]> {
  const configuration = checkConfiguration(variables);
  const policy = checkPolicy(configuration.files.policyFile);
  const logKey = checkLogKey(configuration.files.log);
  const previousKey = checkPreviousKey(configuration.files.log);
  const keys = [logKey, previousKey];
  const disclosureKey = checkDisclosureKey(configuration.files.log);
  const found: Finding[] = [configuration, policy, ...keys, disclosureKey].flatMap(({ findings }) => findings);
  if (configuration.value !== undefined) {
    found.push(...(await checkAlarms(configuration.value.config.alarmsFile)));
    found.push(...(await checkConsole(configuration.value.config, clock)));
    found.push(
      ...(await checkStore(
        configuration.value,
        keys.flatMap(({ value }) => value ?? []),
        disclosureKey.value,
      )),
    );
    const records = await openRecords(recordsFolder, configuration.value.config.log.origin, clock);
    found.push(records.finding);
    const audit = records.log?.audit;
    try {
      found.push(...(await askMicrosoft({ configuration: configuration.value, policy: policy.value, audit, clock })));
    } finally {
      await records.log?.close();
    }
  }
  return found.sort((one, other) => checks.indexOf(one.check) - checks.indexOf(other.check));
}

/** No record, no question: without its log the doctor asks Graph nothing, just as the broker. */
async function openRecords(
  folder: string,
  origin: string,
  clock: Clock,
): Promise<{ readonly log?: DoctorLog; readonly finding: Finding }> {
  try {
    const log = await openDoctorLog(folder, origin, clock);
    return { log, finding: ok('record', `questions to Graph are recorded in ${folder}`) };
  } catch (error) {
    const why = error instanceof CodedError ? error.message : 'the folder cannot be written';
    const message = `questions to Graph cannot be recorded in ${folder}, so none was asked: ${why}`;
    return { finding: fail('record', 'not_recordable', message, { note: 'give another folder by --records' }) };
  }
}
