import type { ClientId } from '#kernel';
import type { ConsoleConfig } from './config.ts';
import { durationMillis } from './duration.ts';
import type { SettingName } from './setting.ts';
import type { SettingsCheck } from './settings-check.ts';

const own = [
  'INTERLOCK_CONSOLE_CLIENT_ID',
  'INTERLOCK_CONSOLE_URL',
  'INTERLOCK_CONSOLE_CLIENT_SECRET',
  'INTERLOCK_CONSOLE_CERTIFICATE_PATH',
] as const satisfies readonly SettingName[];

/** The console's part; undefined when none of its settings is given, and then nobody can sign in. */
export function readConsole(check: SettingsCheck): ConsoleConfig | undefined {
  const { values } = check.environment;
  if (own.every((name) => values[name] === undefined)) return undefined;
  const { INTERLOCK_CONSOLE_CLIENT_SECRET: secret, INTERLOCK_CONSOLE_CERTIFICATE_PATH: certificatePath } = values;
  if (secret !== undefined && certificatePath !== undefined) {
    check.add('INTERLOCK_CONSOLE_CLIENT_SECRET', 'contradiction', 'give it or INTERLOCK_CONSOLE_CERTIFICATE_PATH');
  }
  if (certificatePath === undefined) {
    check.required('INTERLOCK_CONSOLE_CLIENT_SECRET', '; or give INTERLOCK_CONSOLE_CERTIFICATE_PATH');
  }
  const limits = {
    idleMillis: durationMillis(values.INTERLOCK_CONSOLE_IDLE_LIMIT ?? '') ?? 0,
    absoluteMillis: durationMillis(values.INTERLOCK_CONSOLE_SESSION_LIMIT ?? '') ?? 0,
  };
  if (limits.idleMillis > limits.absoluteMillis) {
    check.add('INTERLOCK_CONSOLE_IDLE_LIMIT', 'contradiction', 'is longer than INTERLOCK_CONSOLE_SESSION_LIMIT');
  }
  return {
    clientId: check.required('INTERLOCK_CONSOLE_CLIENT_ID') as ClientId,
    url: check.required('INTERLOCK_CONSOLE_URL').replace(/\/$/, ''),
    credential: certificatePath === undefined ? { kind: 'secret' } : { kind: 'certificate', certificatePath },
    ...limits,
  };
}
