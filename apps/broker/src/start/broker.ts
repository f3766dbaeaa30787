import { AuditReview, EvidenceBundles } from '#audit';
import { AxiosJsonFetcher, SigningKeys, TokenVerifier } from '#auth';
import { endpointsOf } from '#graph';
import { type Clock, SystemClock } from '#kernel';
import { EntitlementReader, OutcomeRecorder, Refusals, usualHoldPace, usualPace } from '#operations';
import { openStore } from '#store';
import type { Logger } from 'pino';
import { closeApplication } from '../edge/close-application.ts';
import { ErrorReply } from '../edge/error-reply.ts';
import { listenBacklog } from '../edge/request-limits.ts';
import { createHttpApplication } from '../edge/http-application.ts';
import { Readiness } from '../health/readiness.ts';
import { StandingChecks } from '../health/standing-checks.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import { startAlarming } from './alarming.ts';
import { connectToGraph } from './connecting.ts';
import { Ending } from './ending.ts';
import { startHolding } from './holding.ts';
import { keepFresh } from './keep-fresh.ts';
import { startLimiting } from './limiting.ts';
import { openLog } from './open-log.ts';
import { startOperating } from './operating.ts';
import type { Prepared } from './prepare-start.ts';
import { protectedResourceOf } from './protected-resource-of.ts';
import { startReconciling } from './reconciling.ts';
import type { Seams } from './seams.ts';
import { prepareAnchoring } from './start-anchoring.ts';
import { startPolicies } from './start-policies.ts';
import { startTracing } from './start-tracing.ts';
import { startSessions } from './sessions.ts';
import { startSelfCheck } from './start-self-check.ts';
import { startWorking } from './working.ts';

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
  { configuration, inputs }: Prepared,
  log: Logger,
  clock: Clock = new SystemClock(),
  seams: Seams = {},
): Promise<Broker> {
  const { config, secrets } = configuration;
  const { policy, logKey, disclosureKey, anchors, destinations, consoleCertificate } = inputs;
  const ending = new Ending();
  try {
    const endpoints = endpointsOf(config.microsoft.cloud, config.microsoft);
    const telemetry = new Telemetry(clock, await startTracing(configuration, endpoints));
    ending.add(() => telemetry.close());
    const store = await openStore(secrets.databaseUrl, clock);
    ending.add(() => store.close());
    const audit = await openLog({ config, inputs, store, telemetry, clock });
    ending.add(() => audit.close());
    const { everyMillis } = config.anchors;
    const anchoring = await prepareAnchoring({ store, log: audit, anchors, everyMillis, clock, logger: log });
    const alarming = await startAlarming({
      store,
      shared: config.database === 'postgres',
      log: audit,
      destinations,
      clock,
      logger: log,
    });
    ending.add(() => alarming.close());
    let serving = false;
    ending.add(async () => {
      if (serving) await audit.record({ type: 'service.stopped', policySha256: livePolicy.current().sha256 });
    });
    const archive = store.policies;
    const policies = await startPolicies({ loaded: policy, config, audit, archive, clock, log }, ending);
    const livePolicy = policies.live;
    const graph = await connectToGraph({ configuration, endpoints, telemetry, clock, logger: log });
    ending.add(() => graph.close());
    const recorder = seams.audit?.(audit) ?? audit;
    const gateway = seams.graph?.(graph.gateway) ?? graph.gateway;
    const outcomes = new OutcomeRecorder(recorder, clock);
    ending.add(() => outcomes.close());
    const path = { audit: recorder, outcomes, graph: gateway, clock };
    const { pace = usualPace } = seams;
    const reconciling = await startReconciling({
      ...path,
      store,
      log: audit,
      origin: config.log.origin,
      pace,
      logger: log,
    });
    ending.add(() => reconciling.close());
    const history = store.jobHistory(config.log.origin);
    const refusals = new Refusals(audit, clock);
    ending.add(() => refusals.close());
    const limiting = startLimiting({
      ...path,
      store,
      history,
      bulk: store.bulk(config.log.origin),
      refusals,
      policy: livePolicy.current,
      ...(config.callerLimit !== undefined && { perCaller: config.callerLimit }),
      keptMillis: config.idempotencyKeptMillis,
      logger: log,
    });
    ending.add(() => limiting.close());
    const { limits, idempotent } = limiting;
    const { holdPace = usualHoldPace } = seams;
    const holding = startHolding({
      ...path,
      policy: livePolicy.current,
      store,
      log: audit,
      origin: config.log.origin,
      pace: holdPace,
      limits,
      logger: log,
    });
    ending.add(() => holding.close());
    const working = startWorking({
      ...path,
      policy: livePolicy.current,
      shadow: policies.shadow,
      holds: holding.holds,
      owners: holding.owners,
      history,
      limits,
      readBeforePause: config.readBeforePause,
      store,
      log: audit,
      origin: config.log.origin,
      logger: log,
    });
    ending.add(() => working.close());
    const keys = new SigningKeys(
      { authority: endpoints.authorityHost, tenants: config.callers.tenants },
      new AxiosJsonFetcher(),
      clock,
    );
    keepFresh(keys, graph.tokens, ending);
    const { allowedRoles, clientId } = config.microsoft;
    const selfCheck = await startSelfCheck(
      {
        audit,
        outcomes,
        directory: graph.directory,
        tokens: graph.tokens,
        clock,
        clientId,
        allowedRoles,
        catalog: () => livePolicy.current().catalog,
      },
      log,
      ending,
    );
    const standing = new StandingChecks(() => selfCheck.knowledge, allowedRoles);
    const readiness = new Readiness(store, audit, policies, standing);
    const verifier = new TokenVerifier(config.callers, keys, clock);
    const authority = endpoints.authorityHost;
    const certificate = consoleCertificate;
    const console = startSessions(
      { config, secrets, certificate, disclosureKey, authority, store, audit, keys, verifier, clock, logger: log },
      ending,
    );
    const resource = protectedResourceOf(config, endpoints.authorityHost);
    const app = await createHttpApplication(
      config,
      secrets,
      {
        clock,
        telemetry,
        outcomes,
        holdBook: holding.holds,
        audit,
        standing: anchoring.standing,
        review: new AuditReview(audit, store.search(config.log.origin)),
        evidence: new EvidenceBundles({
          log: audit,
          search: store.search(config.log.origin),
          policies: store.policies,
          clock,
        }),
        resource,
        console,
        entitlements: new EntitlementReader(livePolicy.current, clock),
        policies,
        unknowns: reconciling.unknowns,
        holds: holding.operations,
        lateness: holding.lateness,
        alarms: alarming.standings,
        readiness,
        operations: working.operations,
        bulk: working.bulk,
      },
      {
        verifier,
        sessions: console?.authentication,
        limits,
        idempotent,
        errorReply: new ErrorReply(refusals, clock, log, resource.metadataUrl),
        telemetry,
        clock,
        log,
      },
    );
    // Not earlier: a start that fails again and again must not fill the log.
    await audit.record({ type: 'service.started', policySha256: livePolicy.current().sha256 });
    serving = true;
    anchoring.begin(ending);
    const operatorsUrl = await startOperating(configuration, app, readiness, ending);
    // Last, so that it ends first: what requests in flight need is still there.
    ending.add(() => closeApplication(app, { clock, drainMillis: config.drainMillis }));
    const { host, port } = config.listen;
    await app.listen({ host, port, backlog: listenBacklog });
    const url = (await app.getUrl()).replace(/\/$/, '');
    const ready = { url, operatorsUrl, config, vkey: logKey.vkey, policySha256: livePolicy.current().sha256 };
    // Once per start, and people and programs wait for it: the level is for what comes again and again.
    log.child({}, { level: 'info' }).info(ready, 'interlock is ready');
    const stop = (): Promise<void> => {
      readiness.beginStop();
      return ending.run();
    };
    return { url, reloadPolicy: () => policies.reload(), stop };
  } catch (error) {
    await ending.run();
    throw error;
  }
}
