import type { Configuration } from '#config';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Readiness } from '../health/readiness.ts';
import { BrokerMetrics } from '../metrics/broker-metrics.ts';
import { OperatorListener } from '../metrics/operator-listener.ts';
import type { Ending } from './ending.ts';

/** Where operators' tools ask when they have a port of their own; undefined when callers' port serves them. */
export async function startOperating(
  { config, secrets }: Configuration,
  app: Pick<NestFastifyApplication, 'get'>,
  readiness: Readiness,
  ending: Ending,
): Promise<string | undefined> {
  if (config.metricsPort === undefined) return undefined;
  const { host } = config.listen;
  const metrics = app.get(BrokerMetrics, { strict: false });
  const listener = await OperatorListener.start({
    host,
    port: config.metricsPort,
    tls: secrets.tls,
    metrics,
    readiness,
  });
  ending.add(() => listener.close());
  return listener.url;
}
