import { buildVersion, type Configuration } from '#config';
import type { GraphEndpoints } from '#graph';
import type { Tracing } from '../telemetry/tracing.ts';

/** The tracing that the configuration asks for. Without it nothing of OpenTelemetry is even loaded. */
export async function startTracing(
  { config: { tracing }, secrets }: Configuration,
  { graphRoot }: GraphEndpoints,
): Promise<Tracing | undefined> {
  if (tracing === undefined) return undefined;
  const { OtlpTracing } = await import('../telemetry/otlp-tracing.ts');
  const about = { version: buildVersion, graph: new URL(graphRoot).hostname };
  return new OtlpTracing(tracing, secrets.otlpHeaders ?? {}, about);
}
