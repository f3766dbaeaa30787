import type { Mistake } from './configuration-error.ts';
import type { Environment } from './environment.ts';
import { type SettingName, settings } from './setting.ts';

/** Collects mistakes, so that one start tells all of them. */
export class SettingsCheck {
  readonly mistakes: Mistake[];

  constructor(readonly environment: Environment) {
    this.mistakes = [...environment.mistakes];
  }

  /** The value, or '' after noting that it is missing; '' never leaves because a mistake ends the start. */
  required(name: SettingName, why = ''): string {
    const value = this.environment.values[name];
    if (value !== undefined) return value;
    const told = this.mistakes.some((mistake) => mistake.setting === name || mistake.setting === `${name}_FILE`);
    if (!told) this.add(name, 'missing', `${settings[name].meaning}${why}`);
    return '';
  }

  add(setting: SettingName, kind: Mistake['kind'], message: string): void {
    this.mistakes.push({ setting, kind, message });
  }
}
