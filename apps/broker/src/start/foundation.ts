import type { AuditLog } from '#audit';
import { endpointsOf, type GraphConnection, type GraphEndpoints } from '#graph';
import type { Clock } from '#kernel';
import { openStore, type Store } from '#store';
import type { Logger } from 'pino';
import type { PolicyKeeper } from '../policy/policy-keeper.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import { type Alarming, startAlarming } from './alarming.ts';
import { connectToGraph } from './connecting.ts';
import type { Ending } from './ending.ts';
import { openLog } from './open-log.ts';
import type { Prepared } from './prepare-start.ts';
import { ServiceSpan } from './service-span.ts';
import { prepareAnchoring, type PreparedAnchoring } from './start-anchoring.ts';
import { startPolicies } from './start-policies.ts';
import { startTracing } from './start-tracing.ts';

/** What has to be sound before anything else begins: store, log, policy and the way to Graph. */
export interface Foundation extends Prepared {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly endpoints: GraphEndpoints;
  readonly telemetry: Telemetry;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly anchoring: PreparedAnchoring;
  readonly alarming: Alarming;
  readonly span: ServiceSpan;
  readonly policies: PolicyKeeper;
  readonly graph: GraphConnection;
}

/** Opens and begins all of it. Throws a StoreError or an audit error; what is open by then is left to the ending. */
export async function layFoundation(
  prepared: Prepared,
  logger: Logger,
  clock: Clock,
  ending: Ending,
): Promise<Foundation> {
  const { configuration, inputs } = prepared;
  const { config, secrets } = configuration;
  const endpoints = endpointsOf(config.microsoft.cloud, config.microsoft);
  const telemetry = new Telemetry(clock, await startTracing(configuration, endpoints));
  ending.add(() => telemetry.close());
  const store = await openStore(secrets.databaseUrl, clock);
  ending.add(() => store.close());
  const audit = await openLog({ config, inputs, store, telemetry, clock });
  ending.add(() => audit.close());
  const { anchors, destinations, policy } = inputs;
  const { everyMillis } = config.anchors;
  const anchoring = await prepareAnchoring({ store, log: audit, anchors, everyMillis, clock, logger });
  const shared = config.database === 'postgres';
  const alarming = await startAlarming({ store, shared, log: audit, destinations, clock, logger });
  ending.add(() => alarming.close());
  const span = new ServiceSpan(audit);
  ending.add(() => span.end());
  const archive = store.policies;
  const policies = await startPolicies({ loaded: policy, config, audit, archive, clock, log: logger }, ending);
  const graph = await connectToGraph({ configuration, endpoints, telemetry, clock, logger });
  ending.add(() => graph.close());
  return { ...prepared, clock, logger, endpoints, telemetry, store, audit, anchoring, alarming, span, policies, graph };
}
