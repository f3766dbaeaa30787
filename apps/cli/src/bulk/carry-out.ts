import type { Clock } from '#kernel';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { type BrokerClient, BrokerRefused, type BulkBody } from './broker-client.ts';
import { nameOf, type Operation } from './bulk-reply.ts';
import { lineOf, Progress, summaryOf } from './progress.ts';

const lookMillis = 1_000;
/** So many looks in a row may fail: as long as a broker takes to be replaced by another. */
const maxFailures = 120;

/** What a command works with. */
export interface CarryOutParts {
  readonly client: BrokerClient;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly json: boolean;
}

/** Begins a bulk operation and follows it to its end. */
export async function carryOut(action: 'pause' | 'start', body: BulkBody, parts: CarryOutParts): Promise<ExitCode> {
  const begun = await parts.client.begin(action, body);
  parts.terminal.error(`operation ${begun.id}: ${begun.items.length} jobs. It goes on without this command.\n`);
  return follow(begun, parts);
}

/** Follows an operation to its end; 0 when everything was done. */
export async function follow(operation: Operation, parts: CarryOutParts): Promise<ExitCode> {
  const { terminal, json } = parts;
  const ended = await endOf(operation, parts);
  if (json) terminal.out(`${JSON.stringify(ended, null, 2)}\n`);
  else terminal.out(`${ended.items.map(lineOf).join('\n')}\n${summaryOf(ended.counts)}\n`);
  return ended.counts['done'] === ended.items.length ? exitCode.ok : exitCode.problems;
}

/** Tells what the policy would say; 0 when it allows everything. */
export async function rehearse(action: 'pause' | 'start', body: BulkBody, parts: CarryOutParts): Promise<ExitCode> {
  const { client, terminal, json } = parts;
  const told = await client.rehearse(action, body);
  const lines = told.items.map(({ job, judgement: { effect, rule, code } }) => {
    const why = [code, rule === undefined ? undefined : `rule ${rule}`].filter((part) => part !== undefined).join(', ');
    return `${effect.padEnd(8)}${nameOf({ job })}${why === '' ? '' : `: ${why}`}`;
  });
  if (json) terminal.out(`${JSON.stringify(told, null, 2)}\n`);
  else
    terminal.out(`${lines.join('\n')}\n${told.counts.allow} allowed, ${told.counts.deny} denied; nothing was done\n`);
  return told.counts.deny === 0 ? exitCode.ok : exitCode.problems;
}

async function endOf(begun: Operation, { client, clock, terminal }: CarryOutParts): Promise<Operation> {
  const progress = new Progress(terminal);
  let operation = begun;
  let failures = 0;
  for (;;) {
    progress.show(operation);
    if (operation.state === 'finished') return operation;
    await clock.wait(lookMillis);
    try {
      operation = await client.operation(begun.id);
      failures = 0;
    } catch (error) {
      if (!(error instanceof BrokerRefused && error.passing) || ++failures >= maxFailures) throw error;
    }
  }
}
