import { type Clock, SystemClock } from '#kernel';
import type { Logger } from 'pino';
import { closeApplication } from '../edge/close-application.ts';
import { listenBacklog } from '../edge/request-limits.ts';
import { Readiness } from '../health/readiness.ts';
import { Ending } from './ending.ts';
import { layFoundation } from './foundation.ts';
import { buildHttpSide } from './http-side.ts';
import { startIdentities } from './identities.ts';
import { startOperating } from './operating.ts';
import type { Prepared } from './prepare-start.ts';
import type { Seams } from './seams.ts';
import { startServices } from './services.ts';

/** A broker that accepts requests. */
export interface Broker {
  /** Where it listens, without trailing slash. */
  readonly url: string;
  /** Reads the policy files anew. Never rejects. */
  reloadPolicy(): Promise<void>;
  /** Stops accepting, lets requests in flight finish, records what waits to be recorded, closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the broker: store, log, Graph, HTTP, in this order, so that nothing listens before all of it is sound.
 * Throws a StoreError or an audit error; what was opened by then is closed again.
 */
export async function startBroker(
  prepared: Prepared,
  log: Logger,
  clock: Clock = new SystemClock(),
  seams: Seams = {},
): Promise<Broker> {
  const ending = new Ending();
  try {
    return await start(prepared, log, clock, seams, ending);
  } catch (error) {
    await ending.run();
    throw error;
  }
}

async function start(prepared: Prepared, log: Logger, clock: Clock, seams: Seams, ending: Ending): Promise<Broker> {
  const { configuration, inputs } = prepared;
  const { config } = configuration;
  const foundation = await layFoundation(prepared, log, clock, ending);
  const { store, audit, anchoring, span, policies } = foundation;
  const services = await startServices(foundation, seams, ending);
  const identities = await startIdentities(foundation, services.outcomes, ending);
  const readiness = new Readiness(store, audit, policies, identities.standing);
  const app = await buildHttpSide(foundation, services, identities, readiness);
  await span.begin(policies.live.current);
  anchoring.begin(ending);
  const operatorsUrl = await startOperating(configuration, app, readiness, ending);
  // Last, so that it ends first: what requests in flight need is still there.
  ending.add(() => closeApplication(app, { clock, drainMillis: config.drainMillis }));
  const { host, port } = config.listen;
  await app.listen({ host, port, backlog: listenBacklog });
  const url = (await app.getUrl()).replace(/\/$/, '');
  const { sha256: policySha256 } = policies.live.current();
  const ready = { url, operatorsUrl, config, vkey: inputs.logKey.vkey, policySha256 };
  // Once per start, and people and programs wait for it: the level is for what comes again and again.
  log.child({}, { level: 'info' }).info(ready, 'interlock is ready');
  const stop = (): Promise<void> => {
    readiness.beginStop();
    return ending.run();
  };
  return { url, reloadPolicy: () => policies.reload(), stop };
}
