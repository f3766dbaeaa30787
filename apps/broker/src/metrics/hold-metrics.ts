import type { HoldBook } from '#holds';
import type { Clock } from '#kernel';
import { Gauge, type Registry } from 'prom-client';

/** Whoever asks for metrics may ask often; the store is asked no more than this. */
const askAfterMillis = 10_000;

/** Registers how many holds count. While the store does not answer, the last known number stays. */
export function registerHoldMetrics(registry: Registry, holds: HoldBook, clock: Clock): void {
  let askedAt = Number.NEGATIVE_INFINITY;
  new Gauge({
    name: 'interlock_holds',
    help: 'Holds that count, as of the last look.',
    registers: [registry],
    async collect() {
      if (clock.now() - askedAt < askAfterMillis) return;
      askedAt = clock.now();
      await holds.countOpen().then(
        (count) => {
          this.set(count);
        },
        () => undefined,
      );
    },
  });
}
