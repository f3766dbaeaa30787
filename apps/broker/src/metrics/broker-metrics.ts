import { LogStanding } from '#audit';
import { HoldBook } from '#holds';
import { Clock } from '#kernel';
import { OutcomeRecorder } from '#operations';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { AlarmStandings } from '../alarms/alarm-standings.ts';
import { OpenUnknowns } from '../audit/open-unknowns.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import { addAlarmMetrics } from './alarm-metrics.ts';
import { registerHoldMetrics } from './hold-metrics.ts';
import { registerLogMetrics } from './log-metrics.ts';
import { PolicyKeeper } from '../policy/policy-keeper.ts';
import { addPolicyMetrics } from './policy-metrics.ts';
import { TimerLateness } from './timer-lateness.ts';

const operations = ['list', 'read', 'pause', 'start'] as const;

/** What monitoring sees. Labels have few values and name nobody. */
@Injectable()
export class BrokerMetrics {
  readonly #registry: Registry;

  constructor(
    unknowns: OpenUnknowns,
    standing: LogStanding,
    policies: PolicyKeeper,
    lateness: TimerLateness,
    alarms: AlarmStandings,
    clock: Clock,
    telemetry: Telemetry,
    outcomes: OutcomeRecorder,
    holds: HoldBook,
  ) {
    this.#registry = telemetry.registry;
    // Of the process: CPU, memory, garbage collection and the lag of the event loop.
    collectDefaultMetrics({ register: this.#registry });
    registerHoldMetrics(this.#registry, holds, clock);
    this.#registry.registerMetric(lateness.histogram);
    registerLogMetrics(this.#registry, standing, clock);
    const registers = [this.#registry];
    addPolicyMetrics(this.#registry, policies);
    addAlarmMetrics(this.#registry, alarms);
    new Gauge({
      name: 'interlock_outcomes_unrecorded',
      help: 'Outcomes that are known but could not be recorded yet.',
      registers,
      collect() {
        this.set(outcomes.unrecorded);
      },
    });
    new Gauge({
      name: 'interlock_open_unknowns',
      help: 'Requests to Microsoft Graph of which nobody knows the end, until they are reconciled.',
      labelNames: ['operation'],
      registers,
      collect() {
        const open = unknowns.lately();
        for (const operation of operations) {
          this.set({ operation }, open.filter((unknown) => unknown.operation === operation).length);
        }
      },
    });
    new Gauge({
      name: 'interlock_oldest_open_unknown_seconds',
      help: 'Age of the oldest of them; 0 when there is none.',
      registers,
      collect() {
        this.set(Math.max(0, ...unknowns.lately().map(({ ageSeconds }) => ageSeconds)));
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
