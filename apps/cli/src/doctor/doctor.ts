import type { Terminal } from '../terminal.ts';
import { examine, type Examination } from './examine.ts';
import { type Finding, severityOf } from './finding.ts';

/** What `interlock doctor` ends with: 0 all well, 1 warnings, 2 failures. */
export type DoctorExitCode = ReturnType<typeof severityOf>;

/** Runs the examination and prints what it found, as text for people or as one JSON object. */
export async function doctor(
  examination: Examination,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): Promise<DoctorExitCode> {
  const findings = await examine(examination);
  const severity = severityOf(findings);
  if (json)
    terminal.out(`${JSON.stringify({ status: (['ok', 'warn', 'fail'] as const)[severity], findings }, null, 2)}\n`);
  else terminal.out(textOf(findings));
  return severity;
}

function textOf(findings: readonly Finding[]): string {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const summary = `${count('fail')} failures, ${count('warn')} warnings, ${count('ok')} ok`;
  return `${findings.map(lineOf).join('\n')}\n\n${summary}\n`;
}

function lineOf({ check, level, message, remedy = {} }: Finding): string {
  const indent = ' '.repeat(6);
  const { az, powershell, note } = remedy;
  return [
    `${level.padEnd(indent.length)}${check.padEnd(15)}${message}`,
    ...(az === undefined ? [] : [`${indent}az:         ${az}`]),
    ...(powershell === undefined ? [] : [`${indent}PowerShell: ${powershell}`]),
    ...(note === undefined ? [] : [`${indent}do:         ${note}`]),
  ].join('\n');
}
