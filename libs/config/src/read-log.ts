import type { SettingsCheck } from './settings-check.ts';
import type { Config } from './config.ts';
import { settings } from './setting.ts';

/** A log that several replicas or auditors rely on must not be named or keyed by a default. */
export function readLog(check: SettingsCheck, database: Config['database']): Config['log'] {
  const { values, defaulted, production } = check.environment;
  const embedded = database === 'sqlite' && !production;
  if (!embedded) {
    const relied = ['INTERLOCK_LOG_ORIGIN', 'INTERLOCK_LOG_KEY_FILE', 'INTERLOCK_DISCLOSURE_KEY_FILE'] as const;
    for (const name of relied) {
      if (defaulted.has(name)) check.add(name, 'missing', settings[name].meaning);
    }
  }
  return {
    origin: values.INTERLOCK_LOG_ORIGIN ?? '',
    keyFile: values.INTERLOCK_LOG_KEY_FILE ?? '',
    ...(values.INTERLOCK_LOG_PREVIOUS_KEY_FILE !== undefined && {
      previousKeyFile: values.INTERLOCK_LOG_PREVIOUS_KEY_FILE,
    }),
    disclosureKeyFile: values.INTERLOCK_DISCLOSURE_KEY_FILE ?? '',
    createKeys: embedded,
  };
}
