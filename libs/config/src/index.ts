export type { Config, CredentialConfig, Secrets } from './config.ts';
export { ConfigModule } from './config.module.ts';
export type { Variables } from './environment.ts';
export { ConfigurationError, type Mistake } from './configuration-error.ts';
export { describeMistakes } from './describe-mistakes.ts';
export { processVariables } from './process-variables.ts';
export { type Configuration, readConfiguration } from './read-config.ts';
export { type Setting, type SettingName, settingNames, settings } from './setting.ts';
