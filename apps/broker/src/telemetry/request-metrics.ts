import { type RequestStep, requestSteps, type WatchedDecision } from '#kernel';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From what a reply out of memory takes to the 20 s that an operation may take at Graph, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30];

/** What monitoring sees of requests. Labels have few values and name nobody. */
export class RequestMetrics {
  #inFlight = 0;
  readonly #requests: Counter<'action' | 'status'>;
  readonly #seconds: Histogram<'action'>;
  readonly #decisions: Counter<'action' | 'effect'>;
  readonly #byStep: Readonly<Record<RequestStep, Histogram.Internal<'step'>>>;

  constructor(registry: Registry) {
    const registers = [registry];
    const inFlight = (): number => this.#inFlight;
    new Gauge({
      name: 'interlock_requests_in_flight',
      help: 'Requests that have come and were not answered yet.',
      registers,
      collect() {
        this.set(inFlight());
      },
    });
    this.#requests = new Counter({
      name: 'interlock_requests_total',
      help: 'Requests, by what the policy was asked for (none: it was not asked) and status of the reply.',
      labelNames: ['action', 'status'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'interlock_request_duration_seconds',
      help: 'How long requests took, by what the policy was asked for.',
      labelNames: ['action'],
      buckets,
      registers,
    });
    this.#decisions = new Counter({
      name: 'interlock_decisions_total',
      help: 'What the policy said.',
      labelNames: ['action', 'effect'],
      registers,
    });
    const steps = new Histogram({
      name: 'interlock_step_duration_seconds',
      help: 'How long the steps of requests took; a call of Graph counts once per attempt.',
      labelNames: ['step'],
      buckets,
      registers,
    });
    const labelled = requestSteps.map((step) => [step, steps.labels(step)]);
    this.#byStep = Object.fromEntries(labelled) as Record<RequestStep, Histogram.Internal<'step'>>;
  }

  begun(): void {
    this.#inFlight += 1;
  }

  stepped(step: RequestStep, millis: number): void {
    this.#byStep[step].observe(millis / 1_000);
  }

  decided({ action, effect }: WatchedDecision): void {
    this.#decisions.inc({ action, effect });
  }

  ended(decision: WatchedDecision | undefined, status: number, millis: number): void {
    const action = decision?.action ?? 'none';
    this.#inFlight -= 1;
    this.#requests.inc({ action, status });
    this.#seconds.observe({ action }, millis / 1_000);
  }
}
