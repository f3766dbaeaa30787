import { OutcomeRecorder, Refusals, usualHoldPace, usualPace } from '#operations';
import type { Ending } from './ending.ts';
import type { Foundation } from './foundation.ts';
import { type Holding, startHolding } from './holding.ts';
import { type Limiting, startLimiting } from './limiting.ts';
import { type Reconciling, startReconciling } from './reconciling.ts';
import type { Seams } from './seams.ts';
import { startWorking, type Working } from './working.ts';

/** The operations, and all that works beside requests: reconciler, holds, bulk operations, sweeps. */
export interface Services {
  readonly outcomes: OutcomeRecorder;
  readonly refusals: Refusals;
  readonly reconciling: Reconciling;
  readonly limiting: Limiting;
  readonly holding: Holding;
  readonly working: Working;
}

/** Begins them on the one path that every change of a job takes. */
export async function startServices(foundation: Foundation, seams: Seams, ending: Ending): Promise<Services> {
  const { configuration, clock, logger, store, audit, policies, graph } = foundation;
  const { config } = configuration;
  const { origin } = config.log;
  const recorder = seams.audit?.(audit) ?? audit;
  const outcomes = new OutcomeRecorder(recorder, clock);
  ending.add(() => outcomes.close());
  const path = { audit: recorder, outcomes, graph: seams.graph?.(graph.gateway) ?? graph.gateway, clock };
  const common = { ...path, store, log: audit, origin, policy: policies.live.current, logger };
  const reconciling = await startReconciling({ ...common, pace: seams.pace ?? usualPace });
  ending.add(() => reconciling.close());
  const history = store.jobHistory(origin);
  const refusals = new Refusals(audit, clock);
  ending.add(() => refusals.close());
  const limiting = startLimiting({
    ...common,
    history,
    bulk: store.bulk(origin),
    refusals,
    ...(config.callerLimit !== undefined && { perCaller: config.callerLimit }),
    keptMillis: config.idempotencyKeptMillis,
  });
  ending.add(() => limiting.close());
  const { limits } = limiting;
  const holding = startHolding({ ...common, pace: seams.holdPace ?? usualHoldPace, limits });
  ending.add(() => holding.close());
  const { holds, owners } = holding;
  const { readBeforePause } = config;
  const working = startWorking({ ...common, shadow: policies.shadow, holds, owners, history, limits, readBeforePause });
  ending.add(() => working.close());
  return { outcomes, refusals, reconciling, limiting, holding, working };
}
