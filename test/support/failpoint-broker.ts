// A broker that kills itself at a point of its way: started by the kill tests as a process of its own, from a bundle.
import { setImmediate } from 'node:timers/promises';
import { processVariables } from '#config';
import { SystemClock } from '#kernel';
import { type HoldPace, type ReconcilerPace, usualHoldPace, usualPace } from '#operations';
import { pino } from 'pino';
import { startBroker } from '../../apps/broker/src/start/broker.ts';
import { prepareStart } from '../../apps/broker/src/start/prepare-start.ts';

/** What the test wants, as JSON in the first argument. */
export interface FailpointOptions {
  /** Kill at this crossing, counted from 1; never when absent. */
  readonly killAt?: number;
  /** Whose intents are orphans: by default those of brokers that came before this one. */
  readonly orphans?: 'by age';
}

const { killAt, orphans } = JSON.parse(process.argv[2] ?? '{}') as FailpointOptions;
let crossings = 0;

/** SIGKILL ends the process before the call returns: no handler runs, nothing is flushed. */
function cross(): void {
  crossings += 1;
  if (crossings === killAt) process.kill(process.pid, 'SIGKILL');
}

/** The part with three crossings in each call: before it, while it is under way, and after it. */
function crossed<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        cross();
        const result: unknown = Reflect.apply(member, target, given);
        if (!(result instanceof Promise)) return result;
        void setImmediate().then(cross);
        return result.finally(cross);
      };
    },
  });
}

const clock = new SystemClock();
const startedAt = clock.now();
/** Rounds in quick succession; nobody has to wait for a lease or for Graph to settle. */
const quickPace: ReconcilerPace = {
  ...usualPace,
  everyMillis: 10,
  settleMillis: 10,
  leaseMillis: 100,
  backoffMillis: 10,
};
const quickHoldPace: HoldPace = {
  ...usualHoldPace,
  everyMillis: 20,
  betweenMillis: 10,
  backoffMillis: 10,
  longestBackoffMillis: 200,
};
const inheriting: ReconcilerPace = {
  ...quickPace,
  get orphanAfterMillis() {
    return clock.now() - startedAt;
  },
};

const prepared = prepareStart(processVariables());
const log = pino({ level: prepared.configuration.config.logLevel, base: null });
const broker = await startBroker(prepared, log, clock, {
  audit: crossed,
  graph: crossed,
  pace: orphans === 'by age' ? quickPace : inheriting,
  holdPace: quickHoldPace,
});
process.once('SIGTERM', () => {
  broker.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
