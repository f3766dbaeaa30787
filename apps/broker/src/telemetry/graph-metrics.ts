import type { CircuitState, TokenEvent } from '#graph';
import type { Clock, EpochMillis, StepEnd } from '#kernel';
import { Counter, Gauge, type Registry } from 'prom-client';

const circuitStates: readonly CircuitState[] = ['closed', 'half_open', 'open'];

/** What monitoring sees of Microsoft Graph and of our credential for it. */
export class GraphMetrics {
  readonly #replies: Counter<'status'>;
  readonly #retries: Counter;
  readonly #circuit: Gauge<'state'>;
  readonly #failures: Counter;
  readonly #clock: Clock;
  #token: { readonly since: EpochMillis; readonly expiresAt: EpochMillis } | undefined;

  constructor(clock: Clock, registry: Registry) {
    this.#clock = clock;
    const registers = [registry];
    this.#replies = new Counter({
      name: 'interlock_graph_replies_total',
      help: 'How requests to Microsoft Graph ended: its status, or why there is none.',
      labelNames: ['status'],
      registers,
    });
    this.#retries = new Counter({
      name: 'interlock_graph_retries_total',
      help: 'Requests to Microsoft Graph that repeated one.',
      registers,
    });
    this.#circuit = new Gauge({
      name: 'interlock_graph_circuit',
      help: 'Whether calls of Microsoft Graph are let go (closed), held back (open) or tried (half_open): 1 for the state that holds.',
      labelNames: ['state'],
      registers,
    });
    this.#failures = new Counter({
      name: 'interlock_graph_token_failures_total',
      help: 'Attempts to get a token for Microsoft Graph that failed.',
      registers,
    });
    const seconds = (of: (token: { since: EpochMillis; expiresAt: EpochMillis }, now: EpochMillis) => number) =>
      this.#token === undefined ? Number.NaN : of(this.#token, clock.now()) / 1_000;
    new Gauge({
      name: 'interlock_graph_token_age_seconds',
      help: 'Time since a token for Microsoft Graph was last got; NaN before the first.',
      registers,
      collect() {
        this.set(seconds(({ since }, now) => now - since));
      },
    });
    new Gauge({
      name: 'interlock_graph_token_remaining_seconds',
      help: 'How long the token for Microsoft Graph can still be used; NaN before the first.',
      registers,
      collect() {
        this.set(seconds(({ expiresAt }, now) => Math.max(0, expiresAt - now)));
      },
    });
    this.circuitChanged('closed');
  }

  attempted({ status, failure = 'unknown' }: StepEnd, isRetry: boolean): void {
    this.#replies.inc({ status: status ?? failure });
    if (isRetry) this.#retries.inc();
  }

  circuitChanged(now: CircuitState): void {
    for (const state of circuitStates) this.#circuit.set({ state }, state === now ? 1 : 0);
  }

  tokenChanged(event: TokenEvent): void {
    if (event.kind === 'failed') this.#failures.inc();
    else this.#token = { since: this.#clock.now(), expiresAt: event.expiresAt };
  }
}
