import type { LogStanding } from '#audit';
import type { Clock } from '#kernel';
import { Gauge, type Registry } from 'prom-client';

/** Registers what monitoring sees of the log and its anchors. An anchor's name is a label: there are few. */
export function registerLogMetrics(registry: Registry, standing: LogStanding, clock: Clock): void {
  const registers = [registry];
  const ageOf = (at: number): number => Math.max(0, (clock.now() - at) / 1_000);
  const anchors = () => standing.lately()?.anchors ?? [];
  new Gauge({
    name: 'interlock_log_size',
    help: 'Entries in the audit log, as of the last look.',
    registers,
    collect() {
      const last = standing.lately();
      if (last !== undefined) this.set(last.size);
    },
  });
  new Gauge({
    name: 'interlock_checkpoint_age_seconds',
    help: 'Age of the last entry under a checkpoint.',
    registers,
    collect() {
      const last = standing.lately();
      if (last !== undefined) this.set(ageOf(last.checkpointAt));
    },
  });
  new Gauge({
    name: 'interlock_anchor_age_seconds',
    help: 'Time since an anchor took a checkpoint; +Inf when it never did.',
    labelNames: ['anchor', 'kind'],
    registers,
    collect() {
      for (const { name, kind, anchoredAt } of anchors()) {
        this.set({ anchor: name, kind }, anchoredAt === undefined ? Number.POSITIVE_INFINITY : ageOf(anchoredAt));
      }
    },
  });
  new Gauge({
    name: 'interlock_anchor_failing',
    help: 'Whether the last attempt to hand a checkpoint to an anchor failed.',
    labelNames: ['anchor', 'kind'],
    registers,
    collect() {
      for (const { name, kind, failure } of anchors()) {
        this.set({ anchor: name, kind }, failure === undefined ? 0 : 1);
      }
    },
  });
}
