import { Histogram } from 'prom-client';

/** How late the ends of holds are looked at. */
export class TimerLateness {
  readonly histogram = new Histogram({
    name: 'interlock_timer_lateness_seconds',
    help: 'How long after its end a hold was looked at, each time that it was.',
    buckets: [0.5, 1, 2, 5, 15, 60, 300, 1800, 3600],
    registers: [],
  });

  observe(lateMillis: number): void {
    this.histogram.observe(lateMillis / 1000);
  }
}
