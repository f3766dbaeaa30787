import { randomUUID } from 'node:crypto';
import type { AuditLog } from '#audit';
import type { HoldBook } from '#holds';
import { HoldKeeper, HoldOperations, HoldOwners, type HoldPace, type JobOperationsPorts, RoundLoop } from '#operations';
import type { Store } from '#store';
import type { Logger } from 'pino';
import { TimerLateness } from '../metrics/timer-lateness.ts';

interface Parts extends Pick<JobOperationsPorts, 'audit' | 'outcomes' | 'graph' | 'clock' | 'policy' | 'limits'> {
  readonly store: Store;
  readonly log: AuditLog;
  readonly origin: string;
  readonly pace: HoldPace;
  readonly logger: Logger;
}

/** The holds and the keeper of their timers at work. */
export interface Holding {
  readonly holds: HoldBook;
  readonly owners: HoldOwners;
  readonly operations: HoldOperations;
  readonly lateness: TimerLateness;
  close(): Promise<void>;
}

/** Begins to end holds when their time is over. */
export function startHolding(parts: Parts): Holding {
  const { store, origin, log, pace, logger } = parts;
  const lateness = new TimerLateness();
  const ports = { ...parts, holds: store.holds(origin), owners: new HoldOwners(log) };
  const keeper = new HoldKeeper({
    ...ports,
    timers: store.holdTimers(origin),
    replica: randomUUID(),
    onFailure: (hold, error) => {
      logger.warn({ hold, err: error }, 'could not look after a hold now');
    },
    onEnd: (hold, result, lateMillis) => {
      lateness.observe(lateMillis);
      const isAlarming = result.kind === 'not_resumed' || result.kind === 'superseded';
      logger[isAlarming ? 'warn' : 'info']({ hold, ...result, lateMillis }, 'the time of a hold was over');
    },
  });
  const wait = (): number => pace.everyMillis * (0.75 + Math.random() / 2);
  const loop = new RoundLoop(keeper, parts.clock, wait, (error) => {
    logger.warn({ err: error }, 'could not look after the holds now');
  });
  const { holds, owners } = ports;
  return { holds, owners, operations: new HoldOperations(ports), lateness, close: () => loop.close() };
}
