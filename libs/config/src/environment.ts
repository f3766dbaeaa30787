import { readFileSync } from 'node:fs';
import type { Mistake } from './configuration-error.ts';
import { type SettingName, settingNames, settings } from './setting.ts';

/** The settings as given: checked one by one, not yet against each other. */
export interface Environment {
  readonly values: Readonly<Partial<Record<SettingName, string>>>;
  /** Settings whose value is their default, not the operator's word. */
  readonly defaulted: ReadonlySet<SettingName>;
  readonly production: boolean;
  readonly mistakes: readonly Mistake[];
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Kubernetes injects these for a Service named "interlock"; they are not ours and not typing errors. */
const serviceLink = /^INTERLOCK(?:_[A-Z0-9]+)*_(?:SERVICE_(?:HOST|PORT)|PORT)(?:_|$)/;

/** Reads every setting, `NAME` or `NAME_FILE`; an empty value counts as not given. Never throws. */
export function readEnvironment(variables: Variables): Environment {
  const values: Partial<Record<SettingName, string>> = {};
  const defaulted = new Set<SettingName>();
  const mistakes: Mistake[] = unknownSettings(variables);
  for (const name of settingNames) {
    const given = readOne(variables, name, mistakes);
    const setting = settings[name];
    const value = given ?? ('default' in setting ? setting.default : undefined);
    if (value === undefined) continue;
    if (given === undefined) defaulted.add(name);
    const parsed = setting.schema.safeParse(value);
    if (parsed.success) values[name] = parsed.data;
    else mistakes.push({ setting: name, kind: 'invalid', message: `must be ${setting.form}` });
  }
  return { values, defaulted, production: variables['NODE_ENV'] === 'production', mistakes };
}

function readOne(variables: Variables, name: SettingName, mistakes: Mistake[]): string | undefined {
  const direct = variables[name] || undefined;
  const file = variables[`${name}_FILE`] || undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) {
    mistakes.push({ setting: name, kind: 'contradiction', message: `give either ${name} or ${name}_FILE, not both` });
    return direct;
  }
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch {
    mistakes.push({ setting: `${name}_FILE`, kind: 'unreadable', message: 'the file cannot be read' });
    return undefined;
  }
}

/** What the command line takes where it is a client of a broker, which may have the same environment. */
const commandLineVariables = ['INTERLOCK_URL', 'INTERLOCK_TOKEN'];

function unknownSettings(variables: Variables): Mistake[] {
  const known = new Set<string>([...settingNames.flatMap((name) => [name, `${name}_FILE`]), ...commandLineVariables]);
  return Object.keys(variables)
    .filter((name) => name.startsWith('INTERLOCK_') && !known.has(name) && !serviceLink.test(name))
    .map((name) => ({ setting: name, kind: 'unknown', message: 'is not a setting of Interlock' }));
}
