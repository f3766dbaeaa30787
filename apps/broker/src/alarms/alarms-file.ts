import { readFileSync } from 'node:fs';
import { AlarmError, type Destination, WebhookSecret } from '#alarms';
import { readAlarmFile } from '#operations';
import { describeProblem } from '#policy';
import { StartupError } from '../start/startup-error.ts';

/** Reads the alarms file and looks at the secrets that it names; a {@link StartupError} tells all that is wrong. */
export function loadAlarmsFile(file: string): readonly Destination[] {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new StartupError([problem('unreadable', `the alarms file ${file} cannot be read`)]);
  }
  const reading = readAlarmFile(bytes, file);
  if (!reading.ok) throw new StartupError(reading.problems.map(describeProblem));
  const { destinations } = reading;
  const problems = destinations.flatMap(({ secretFiles }) => secretFiles.flatMap(problemsOfSecret));
  if (problems.length > 0) throw new StartupError(problems);
  return destinations;
}

function problemsOfSecret(file: string): readonly string[] {
  try {
    WebhookSecret.parse(readFileSync(file, 'utf8'));
    return [];
  } catch (error) {
    if (error instanceof AlarmError) return [problem('invalid', `${file} holds no secret: ${error.message}`)];
    return [problem('unreadable', `the secret file ${file} cannot be read`)];
  }
}

function problem(kind: 'invalid' | 'unreadable', message: string): string {
  return `INTERLOCK_ALARMS  ${kind}: ${message}`;
}
