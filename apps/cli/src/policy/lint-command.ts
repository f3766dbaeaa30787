import type { EpochMillis } from '#kernel';
import { type Finding, lintPolicy, type LintReport, type Severity } from '#policy';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { readBytes } from './policy-files.ts';

export interface LintOptions {
  readonly json: boolean;
  /** Warnings count as problems. */
  readonly strict: boolean;
  readonly at: EpochMillis;
}

/** Tells what is wrong or odd about a policy file, a finding per line: `FILE:LINE:COLUMN SEVERITY PATH: TEXT [CODE]`. */
export function lintCommand(file: string, { json, strict, at }: LintOptions, terminal: Terminal): ExitCode {
  const report = lintPolicy(readBytes(file), file, at);
  if (json) terminal.out(`${JSON.stringify({ file, ...report }, null, 2)}\n`);
  else terminal.out(textOf(file, report));
  const bad: readonly Severity[] = strict ? ['error', 'warning'] : ['error'];
  return report.findings.some(({ severity }) => bad.includes(severity)) ? exitCode.problems : exitCode.ok;
}

function textOf(file: string, { sha256, findings }: LintReport): string {
  const lines = findings.map(lineOf);
  if (sha256 === undefined) return `${lines.join('\n')}\n`;
  const counts = (['warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return `${[...lines, `${file}: ${['ok', ...counts].join(', ')}, sha256 ${sha256}`].join('\n')}\n`;
}

function lineOf({ file, line, column, severity, path, message, advice, code }: Finding): string {
  const what = path === '' ? message : `${path}: ${message}`;
  return `${file}:${line}:${column} ${severity} ${what}${severity === 'error' ? '' : `; ${advice}`} [${code}]`;
}
