import { randomUUID } from 'node:crypto';
import { type Destination, UndiciWebhookPost } from '#alarms';
import type { AuditLog } from '#audit';
import type { Clock } from '#kernel';
import { Courier, RoundLoop } from '#operations';
import type { Store } from '#store';
import type { Logger } from 'pino';
import { AlarmStandings } from '../alarms/alarm-standings.ts';

/** Between two looks at the log, give or take a quarter. */
const everyMillis = 1_000;

interface Parts {
  readonly store: Store;
  /** Whether other brokers may work on it. */
  readonly shared: boolean;
  readonly log: AuditLog;
  readonly destinations: readonly Destination[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The couriers at work. */
export interface Alarming {
  readonly standings: AlarmStandings;
  close(): Promise<void>;
}

/** Begins to deliver alarms. A destination that was never seen before hears of what is recorded from now on. */
export async function startAlarming({ store, shared, log, destinations, clock, logger }: Parts): Promise<Alarming> {
  const { origin, size } = log;
  const book = store.alarms(origin);
  const post = new UndiciWebhookPost();
  // Who has the store alone need not wait for the lease of the broker that crashed before it.
  const owner = shared ? randomUUID() : 'the only broker';
  const leases = store.leases;
  const couriers: Courier[] = [];
  for (const destination of destinations) {
    await book.begin(destination.name, size);
    const onAttempt = onAttemptTo(logger);
    const ports = {
      audit: log,
      log: store.log(origin),
      book,
      leases,
      post,
      clock,
      owner,
      random: Math.random,
      onAttempt,
    };
    couriers.push(new Courier(ports, destination));
  }
  const wait = (): number => everyMillis * (0.75 + Math.random() / 2);
  const loops = couriers.map((courier) => {
    const { destination } = courier.standing;
    return new RoundLoop(courier, clock, wait, (error) => {
      logger.warn({ destination, err: error }, 'could not deliver alarms now');
    });
  });
  const close = async (): Promise<void> => {
    await Promise.all(loops.map((loop) => loop.close()));
    await post.close();
  };
  return { standings: new AlarmStandings(couriers.map(({ standing }) => standing)), close };
}

function onAttemptTo(logger: Logger): NonNullable<ConstructorParameters<typeof Courier>[0]['onAttempt']> {
  return (destination, { name, index, entry }, attempt) => {
    const { kind } = attempt;
    const told = { destination, alarm: name, index, event: entry.id, ...attempt };
    logger[kind === 'delivered' ? 'info' : 'warn'](
      told,
      kind === 'delivered' ? 'delivered an alarm' : 'alarm not delivered',
    );
  };
}
