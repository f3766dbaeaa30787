import { readFileSync } from 'node:fs';
import { AlarmError, type Destination } from '#alarms';
import { readAlarmFile, readSecret } from '#operations';
import { describeProblem } from '#policy';
import { fail, type Finding, ok } from './finding.ts';

/** The file that says who hears of which alarms, and the secrets that it names. Sends nothing to anybody. */
export async function checkAlarms(file: string | undefined): Promise<readonly Finding[]> {
  if (file === undefined) return [ok('alarms', 'INTERLOCK_ALARMS names no file: nobody hears of alarms')];
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    const note = 'point INTERLOCK_ALARMS to the alarms file, or unset it';
    return [fail('alarms', 'alarms_unreadable', `${file} cannot be read`, { note })];
  }
  const reading = readAlarmFile(bytes, file);
  if (!reading.ok) {
    const mend = { note: 'mend the file: docs/alarms.md says what may stand in it' };
    return reading.problems.map((problem) => fail('alarms', problem.code, describeProblem(problem), mend));
  }
  const { destinations } = reading;
  const secrets = (await Promise.all(destinations.map(secretFindings))).flat();
  if (secrets.length > 0) return secrets;
  const names = destinations.map(({ name }) => name).join(', ');
  return [ok('alarms', `${file} is sound: ${names === '' ? 'nobody' : names} hears of alarms`)];
}

async function secretFindings({ name, secretFiles }: Destination): Promise<readonly Finding[]> {
  const found = await Promise.all(secretFiles.map((file) => secretFinding(name, file)));
  return found.flat();
}

async function secretFinding(destination: string, file: string): Promise<readonly Finding[]> {
  try {
    await readSecret(file);
    return [];
  } catch (error) {
    if (!(error instanceof AlarmError)) throw error;
    const note = `give the receiver of ${destination} and ${file} the same secret`;
    return [fail('alarms', error.code, `the secret ${file} of ${destination}: ${error.message}`, { note })];
  }
}
