import { median, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { progress } from '../scenario.ts';
import { type Contestant, contestantNames, startContestants } from './contestants.ts';
import { load, type LoadFigures, type LoadOptions } from './load.ts';
import { Stage } from './stage.ts';

const connections = 64;
/** Fewer, and the compiler's own threads still take a fifth of what is measured. */
const warmUp = { amount: 20_000 };
const round = { seconds: 4 };

/** What one round of one contestant came to. */
interface Round {
  readonly cpuMicros: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** All contestants in turns, as often as there are rounds; medians, and ratios of the same round, as a table. */
export async function sideBySide(rounds: number): Promise<string> {
  const stage = await Stage.start();
  try {
    const contestants = await startContestants(stage);
    // What fails on a busy machine before the code is compiled says nothing.
    for (const contestant of contestants) await send(stage, contestant, warmUp);
    const measured = contestants.map(({ name }) => ({ name, rounds: [] as Round[] }));
    for (let turn = 1; turn <= rounds; turn++) {
      for (const [at, contestant] of contestants.entries()) {
        const figures = await measure(stage, contestant);
        measured[at]?.rounds.push(figures);
        progress(
          `round ${turn}, ${contestant.name}: ${whole(figures.cpuMicros)} µs CPU, ${whole(figures.perSecond)} req/s`,
        );
      }
    }
    return tableOf(measured);
  } finally {
    await stage.stop();
  }
}

/** A round in which every request was accepted: others are tried again, and the third failure is the contestant's. */
async function measure(stage: Stage, contestant: Contestant): Promise<Round> {
  for (let attempt = 1; ; attempt++) {
    const before = contestant.process.cpuMicros();
    const figures = await send(stage, contestant, round);
    const cpuMicros = (contestant.process.cpuMicros() - before) / figures.accepted;
    if (figures.failed === 0) return { ...figures, cpuMicros };
    const failure = `${contestant.name} failed: ${JSON.stringify(figures)}`;
    if (attempt === 3) throw new Error(failure);
    progress(failure);
  }
}

function send(
  { ca, requests }: Stage,
  { process }: Contestant,
  length: Pick<LoadOptions, 'seconds' | 'amount'>,
): Promise<LoadFigures> {
  return load({ url: process.url, ca, connections, requests, ...length });
}

type Measured = { readonly name: string; readonly rounds: readonly Round[] };

function tableOf(measured: readonly Measured[]): string {
  const roundsOf = (wanted: string) => measured.find(({ name }) => name === wanted)?.rounds ?? [];
  const proxy = roundsOf(contestantNames.proxy);
  const audited = roundsOf(contestantNames.handWrittenAudited);
  const rows = measured.map(({ name, rounds }) => {
    const middle = (figure: keyof Round) => median(rounds.map((round) => round[figure]));
    const ratio = (figure: keyof Round, others: readonly Round[]) =>
      median(rounds.map((round, at) => round[figure] / (others[at]?.[figure] ?? NaN))).toFixed(2);
    return [
      name,
      whole(middle('cpuMicros')),
      ratio('cpuMicros', proxy),
      ratio('cpuMicros', audited),
      whole(middle('perSecond')),
      ratio('perSecond', audited),
      ...(['p50', 'p90', 'p99'] as const).map((figure) => whole(middle(figure))),
    ];
  });
  const header = [
    'gateway',
    'CPU, µs',
    '÷ proxy',
    '÷ audited peer',
    'req/s',
    '÷ audited peer',
    'p50, ms',
    'p90',
    'p99',
  ];
  return table(header, rows);
}
