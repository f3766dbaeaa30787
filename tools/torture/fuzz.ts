import { type FuzzResult, fuzzBroker } from '../../test/support/fuzz-run.ts';
import { bearers } from '../../test/support/request-fuzzer.ts';

/**
 * Sends hostile and half-valid requests of a seed to a broker. Prints what was answered and what arrived at Microsoft;
 * true when nothing arrived that is not on the list and nothing was answered 500.
 */
export async function fuzz(requests: number, seed: number): Promise<boolean> {
  const started = performance.now();
  const result = await fuzzBroker(requests, seed);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${requests} requests of seed ${seed} in ${seconds} s\n`);
  tell(result);
  return result.forbidden.length === 0 && result.failed.length === 0 && result.exitCode === 0;
}

function tell({ replies, failed, operations, forbidden, exitCode }: FuzzResult): void {
  console.log(`| status | ${bearers.join(' | ')} |\n|${' --- |'.repeat(bearers.length + 1)}`);
  for (const [status, row] of [...replies].toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(`| ${status} | ${bearers.map((bearer) => row[bearer]).join(' | ')} |`);
  }
  console.log(`\nat Microsoft: ${JSON.stringify(operations)}`);
  console.log(`not on the list: ${forbidden.length}; answered 500: ${failed.length}; exit code: ${String(exitCode)}`);
  for (const { method, path, query } of forbidden.slice(0, 10))
    console.log(`not on the list: ${method} ${path} ${query}`);
  for (const request of failed.slice(0, 10)) console.log(`answered 500: ${JSON.stringify(request)}`);
}
