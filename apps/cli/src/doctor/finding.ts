/** What `interlock doctor` looks at, in the order in which it tells it. */
export const checks = [
  'configuration',
  'policy',
  'alarms',
  'log-key',
  'disclosure-key',
  'store',
  'log-head',
  'authority',
  'clock',
  'record',
  'token',
  'graph',
  'roles',
  'ownership',
  'console',
] as const;
export type Check = (typeof checks)[number];

export type Level = 'ok' | 'warn' | 'fail';

/** How to mend something: the same deed in the tools that administrators use, or in words where no command does it. */
export interface Remedy {
  readonly az?: string;
  readonly powershell?: string;
  readonly note?: string;
}

/** One thing that the doctor found, good or bad. Holds no secret. */
export interface Finding {
  readonly check: Check;
  readonly level: Level;
  /** Stable, for scripts. */
  readonly code: string;
  /** What is the matter, for people. */
  readonly message: string;
  readonly remedy?: Remedy;
}

export const ok = (check: Check, message: string): Finding => ({ check, level: 'ok', code: 'ok', message });

export const warn = (check: Check, code: string, message: string, remedy?: Remedy): Finding => ({
  check,
  level: 'warn',
  code,
  message,
  ...(remedy !== undefined && { remedy }),
});

export const fail = (check: Check, code: string, message: string, remedy?: Remedy): Finding => ({
  check,
  level: 'fail',
  code,
  message,
  ...(remedy !== undefined && { remedy }),
});

/** Exit code of all findings: 0 all well, 1 warnings, 2 failures. */
export function severityOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ level }) => level === 'fail')) return 2;
  return findings.some(({ level }) => level === 'warn') ? 1 : 0;
}
