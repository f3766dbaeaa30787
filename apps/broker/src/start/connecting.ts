import { type Configuration, graphCredential, buildVersion } from '#config';
import { connectGraph, type GraphConnection, type GraphEndpoints } from '#graph';
import type { Clock } from '#kernel';
import type { Logger } from 'pino';
import type { Telemetry } from '../telemetry/telemetry.ts';

interface Parts {
  readonly configuration: Configuration;
  readonly endpoints: GraphEndpoints;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Connects to Graph with the configured credential; what happens on the way is counted and logged. */
export function connectToGraph({
  configuration,
  endpoints,
  telemetry,
  clock,
  logger,
}: Parts): Promise<GraphConnection> {
  const { graphRequests, requests } = configuration.config.most;
  return connectGraph(
    {
      endpoints,
      // Whoever was let in may wait; its deadline is the bound.
      concurrency: { limit: graphRequests, queue: requests },
      credential: graphCredential(configuration),
      version: buildVersion,
      onTokenEvent: (event) => {
        telemetry.graph.tokenChanged(event);
        if (event.kind !== 'failed') return;
        const { code, entraCode } = event.error;
        logger.warn({ code, entraCode }, 'no token for Graph');
      },
      onCircuitChange: (circuit) => {
        telemetry.graph.circuitChanged(circuit);
        logger.warn({ circuit }, 'calls to Graph');
      },
      onAttempt: (end, isRetry) => {
        telemetry.graph.attempted(end, isRetry);
      },
    },
    clock,
  );
}
