import { cpus, loadavg } from 'node:os';

/** How much a scenario does. */
export interface BenchOptions {
  readonly rounds: number;
  /** Size of the large log. */
  readonly entries: number;
}

/** Measures something and tells it as Markdown, with a heading of its own. */
export type Scenario = (options: BenchOptions) => Promise<string>;

/** Where and under which load figures come about: without it they say nothing. */
export function circumstances(): string {
  const [one = 0] = loadavg();
  const processors = cpus();
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.version.slice(1)}, ${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, load ${one.toFixed(1)}`;
}

/** Says on standard error what is being done. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
