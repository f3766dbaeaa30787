import { setTimeout } from 'node:timers/promises';
import { median, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { progress } from '../scenario.ts';
import { contestantNames } from './contestants.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { Stage } from './stage.ts';

/** After this, what a start leaves behind has been collected as far as it will be. */
const restMillis = 3_000;

/** How long each takes from its start until it listens, and the memory that it then rests with. As a table. */
export async function starting(rounds: number): Promise<string> {
  const stage = await Stage.start();
  try {
    const [rows, log] = [await stage.postgres(), await stage.postgres()];
    const starts: readonly (readonly [string, () => Promise<MeasuredProcess>])[] = [
      [contestantNames.proxy, () => stage.peer('fastify-proxy')],
      [contestantNames.handWrittenAudited, () => stage.peer('express-axios', { DATABASE_URL: rows.url })],
      [contestantNames.sqlite, () => stage.broker({})],
      [contestantNames.postgres, () => stage.broker({ DATABASE_URL: log.url })],
    ];
    const lines = [];
    for (const [name, start] of starts) {
      progress(`starts: ${name}`);
      lines.push([name, ...(await startedOften(start, rounds))]);
    }
    return table(['gateway', 'start until ready, ms', 'CPU of a start, ms', 'memory at rest, MiB'], lines);
  } finally {
    await stage.stop();
  }
}

async function startedOften(start: () => Promise<MeasuredProcess>, rounds: number): Promise<string[]> {
  const [millis, cpu, resting]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const started = await start();
    millis.push(started.startMillis);
    cpu.push(started.cpuMicros() / 1000);
    await setTimeout(restMillis);
    resting.push(started.memory().now);
    await started.stop();
  }
  return [millis, cpu, resting].map((values) => whole(median(values)));
}
