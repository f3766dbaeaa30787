import { Report } from '../report/report.ts';
import { exitCode } from './exit-code.ts';
import { formatResult } from './format-result.ts';
import type { RunCheck } from './program.ts';

/** Runs a check, prints its result and sets the exit code of the process. */
export const runCheck: RunCheck = async ({ json }, trust, check) => {
  const report = new Report();
  await check(trust, report);
  const result = report.result();
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : formatResult(result));
  process.exitCode = exitCode[result.verdict];
};
