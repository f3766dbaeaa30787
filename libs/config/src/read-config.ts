import type { ClientId, CloudName, TenantId } from '#kernel';
import { readAnchorTarget } from './anchor-target.ts';
import { SettingsCheck } from './settings-check.ts';
import type { Config, Secrets } from './config.ts';
import { ConfigurationError } from './configuration-error.ts';
import { durationMillis } from './duration.ts';
import { type Environment, readEnvironment, type Variables } from './environment.ts';
import { readRateLimit } from './rate-limit.ts';
import { readOtlpHeaders } from './otlp-headers.ts';
import { readConsole } from './read-console.ts';
import { readCredential } from './read-credential.ts';
import { readEndpoints } from './read-endpoints.ts';
import { readLog } from './read-log.ts';
import { readTls } from './read-tls.ts';

/** What a start needs: the showable part and the secrets. */
export interface Configuration {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** Turns variables into a configuration; throws {@link ConfigurationError} with every mistake at once. */
export function readConfiguration(variables: Variables): Configuration {
  const environment = readEnvironment(variables);
  const check = new SettingsCheck(environment);
  const { values } = environment;
  const database = values.DATABASE_URL?.startsWith('sqlite:') === true ? 'sqlite' : 'postgres';
  const tenantId = check.required('AZURE_TENANT_ID') as TenantId;
  const cloud = (values.INTERLOCK_CLOUD ?? 'global') as CloudName;
  const tls = readTls(check);
  const callerLimit = readRateLimit(values.INTERLOCK_CALLER_LIMIT ?? '');
  const console = readConsole(check);
  const listen = { host: values.HOST ?? '', port: Number(values.PORT), tls: tls !== undefined };
  const config: Config = {
    listen,
    ...(values.METRICS_PORT !== undefined && { metricsPort: Number(values.METRICS_PORT) }),
    ...(values.INTERLOCK_PUBLIC_URL !== undefined && { publicUrl: values.INTERLOCK_PUBLIC_URL.replace(/\/$/, '') }),
    ...(values.INTERLOCK_SECURITY_CONTACT !== undefined && { securityContact: values.INTERLOCK_SECURITY_CONTACT }),
    trustedProxies: split(values.TRUSTED_PROXIES),
    microsoft: {
      cloud,
      ...readEndpoints(check, cloud),
      tenantId,
      clientId: check.required('AZURE_CLIENT_ID') as ClientId,
      credential: readCredential(check),
      allowedRoles: split(values.INTERLOCK_ALLOWED_GRAPH_ROLES),
    },
    callers: {
      audiences: split(check.required('INTERLOCK_AUDIENCES')),
      tenants: (values.INTERLOCK_CALLER_TENANTS === undefined
        ? [tenantId]
        : split(values.INTERLOCK_CALLER_TENANTS).map((id) => id.toLowerCase())) as TenantId[],
    },
    ...(callerLimit !== undefined && { callerLimit }),
    most: {
      requests: Number(values.INTERLOCK_MAX_REQUESTS_IN_FLIGHT),
      graphRequests: Number(values.INTERLOCK_MAX_GRAPH_REQUESTS),
    },
    idempotencyKeptMillis: durationMillis(values.INTERLOCK_IDEMPOTENCY_KEPT ?? '') ?? 0,
    ...(console !== undefined && { console }),
    readBeforePause: values.INTERLOCK_READ_BEFORE_PAUSE !== 'false',
    policyFile: values.INTERLOCK_POLICY ?? '',
    ...(values.INTERLOCK_SHADOW_POLICY !== undefined && { shadowPolicyFile: values.INTERLOCK_SHADOW_POLICY }),
    database,
    log: readLog(check, database),
    anchors: readAnchors(check),
    drainMillis: durationMillis(values.INTERLOCK_DRAIN_TIME ?? '') ?? 0,
    ...(values.INTERLOCK_ALARMS !== undefined && { alarmsFile: values.INTERLOCK_ALARMS }),
    ...readTracing(values),
    logLevel: (values.INTERLOCK_LOG_LEVEL ?? 'info') as Config['logLevel'],
  };
  const otlpHeaders = readOtlpHeaders(values.OTEL_EXPORTER_OTLP_HEADERS ?? '');
  if (check.mistakes.length > 0) throw new ConfigurationError(check.mistakes, config);
  return {
    config,
    secrets: {
      databaseUrl: values.DATABASE_URL ?? '',
      ...(values.AZURE_CLIENT_SECRET !== undefined && { clientSecret: values.AZURE_CLIENT_SECRET }),
      ...(values.AZURE_CLIENT_CERTIFICATE_PASSWORD !== undefined && {
        certificatePassword: values.AZURE_CLIENT_CERTIFICATE_PASSWORD,
      }),
      ...(values.INTERLOCK_CONSOLE_CLIENT_SECRET !== undefined && {
        consoleClientSecret: values.INTERLOCK_CONSOLE_CLIENT_SECRET,
      }),
      ...(tls !== undefined && { tls }),
      ...(otlpHeaders !== undefined && { otlpHeaders }),
    },
  };
}

function readTracing(values: Environment['values']): Pick<Config, 'tracing'> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER_ARG } = values;
  if (endpoint === undefined) return {};
  return { tracing: { endpoint, serviceName: OTEL_SERVICE_NAME ?? '', ratio: Number(OTEL_TRACES_SAMPLER_ARG) } };
}

function readAnchors(check: SettingsCheck): Config['anchors'] {
  const { INTERLOCK_ANCHORS, INTERLOCK_ANCHOR_EVERY } = check.environment.values;
  const targets = split(INTERLOCK_ANCHORS).flatMap((text) => readAnchorTarget(text) ?? []);
  const places = targets.map((target) => (target.kind === 'directory' ? target.path : target.url));
  if (new Set(places).size < places.length) check.add('INTERLOCK_ANCHORS', 'invalid', 'names a place twice');
  return { targets, everyMillis: durationMillis(INTERLOCK_ANCHOR_EVERY ?? '') ?? 0 };
}

function split(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
