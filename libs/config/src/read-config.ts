import { readFileSync } from 'node:fs';
import { type ClientId, type CloudName, loginHosts, type TenantId } from '#kernel';
import { readAnchorTarget } from './anchor-target.ts';
import type { Config, CredentialConfig, Secrets } from './config.ts';
import { ConfigurationError, type Mistake } from './configuration-error.ts';
import { durationMillis } from './duration.ts';
import { type Environment, readEnvironment, type Variables } from './environment.ts';
import { readRateLimit } from './rate-limit.ts';
import { readOtlpHeaders } from './otlp-headers.ts';
import { readConsole } from './read-console.ts';
import { type SettingName, settings } from './setting.ts';

/** What a start needs: the showable part and the secrets. */
export interface Configuration {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** Turns variables into a configuration; throws {@link ConfigurationError} with every mistake at once. */
export function readConfiguration(variables: Variables): Configuration {
  const environment = readEnvironment(variables);
  const check = new Check(environment);
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

/** Collects mistakes, so that one start tells all of them. */
class Check {
  readonly mistakes: Mistake[];

  constructor(readonly environment: Environment) {
    this.mistakes = [...environment.mistakes];
  }

  /** The value, or '' after noting that it is missing; '' never leaves because a mistake ends the start. */
  required(name: SettingName, why = ''): string {
    const value = this.environment.values[name];
    if (value !== undefined) return value;
    const told = this.mistakes.some((mistake) => mistake.setting === name || mistake.setting === `${name}_FILE`);
    if (!told) this.add(name, 'missing', `${settings[name].meaning}${why}`);
    return '';
  }

  add(setting: SettingName, kind: Mistake['kind'], message: string): void {
    this.mistakes.push({ setting, kind, message });
  }
}

function readCredential(check: Check): CredentialConfig {
  const { values } = check.environment;
  const kind = check.required('INTERLOCK_CREDENTIAL') as CredentialConfig['kind'] | '';
  switch (kind) {
    case 'secret':
      check.required('AZURE_CLIENT_SECRET', ' (INTERLOCK_CREDENTIAL is secret)');
      return { kind };
    case 'certificate':
      return {
        kind,
        certificatePath: check.required('AZURE_CLIENT_CERTIFICATE_PATH', ' (INTERLOCK_CREDENTIAL is certificate)'),
        sendCertificateChain: values.AZURE_CLIENT_SEND_CERTIFICATE_CHAIN === 'true',
      };
    case 'workload-identity':
      return { kind, tokenFile: check.required('AZURE_FEDERATED_TOKEN_FILE') };
    case 'federated-identity':
      refuseWorkloadToken(check);
      return { kind, identityClientId: check.required('INTERLOCK_IDENTITY_CLIENT_ID') as ClientId };
    case 'managed-identity':
      refuseWorkloadToken(check);
      return { kind };
    case '':
      return { kind: 'managed-identity' };
  }
}

/** @azure/identity takes its presence for workload identity, and would use that in place of the managed identity. */
function refuseWorkloadToken(check: Check): void {
  if (check.environment.values.AZURE_FEDERATED_TOKEN_FILE === undefined) return;
  check.add('AZURE_FEDERATED_TOKEN_FILE', 'contradiction', 'is for INTERLOCK_CREDENTIAL=workload-identity only');
}

/** An alias of the cloud's own authority is no custom endpoint: AKS sets AZURE_AUTHORITY_HOST in every pod. */
function readEndpoints(check: Check, cloud: CloudName): { authorityHost?: string; graphBaseUrl?: string } {
  const { AZURE_AUTHORITY_HOST, GRAPH_BASE_URL, INTERLOCK_CUSTOM_ENDPOINTS } = check.environment.values;
  const custom = {
    AZURE_AUTHORITY_HOST:
      AZURE_AUTHORITY_HOST !== undefined && !loginHosts[cloud].includes(new URL(AZURE_AUTHORITY_HOST).host),
    GRAPH_BASE_URL: GRAPH_BASE_URL !== undefined,
  };
  if (INTERLOCK_CUSTOM_ENDPOINTS === undefined) {
    for (const name of ['AZURE_AUTHORITY_HOST', 'GRAPH_BASE_URL'] as const) {
      if (custom[name]) check.add(name, 'contradiction', 'is refused unless INTERLOCK_CUSTOM_ENDPOINTS is `allow`');
    }
  }
  return {
    ...(AZURE_AUTHORITY_HOST !== undefined && { authorityHost: new URL(AZURE_AUTHORITY_HOST).origin }),
    ...(GRAPH_BASE_URL !== undefined && { graphBaseUrl: new URL(GRAPH_BASE_URL).origin }),
  };
}

function readTracing(values: Environment['values']): Pick<Config, 'tracing'> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER_ARG } = values;
  if (endpoint === undefined) return {};
  return { tracing: { endpoint, serviceName: OTEL_SERVICE_NAME ?? '', ratio: Number(OTEL_TRACES_SAMPLER_ARG) } };
}

function readTls(check: Check): Secrets['tls'] {
  const { TLS_CERT_FILE, TLS_KEY_FILE } = check.environment.values;
  if (TLS_CERT_FILE === undefined && TLS_KEY_FILE === undefined) return undefined;
  const cert = readPem(check, 'TLS_CERT_FILE', TLS_CERT_FILE);
  const key = readPem(check, 'TLS_KEY_FILE', TLS_KEY_FILE);
  return { cert, key };
}

function readPem(check: Check, name: 'TLS_CERT_FILE' | 'TLS_KEY_FILE', path: string | undefined): string {
  if (path === undefined) {
    check.add(name, 'missing', 'TLS needs both TLS_CERT_FILE and TLS_KEY_FILE');
    return '';
  }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    check.add(name, 'unreadable', 'the file cannot be read');
    return '';
  }
}

/** A log that several replicas or auditors rely on must not be named or keyed by a default. */
function readLog(check: Check, database: Config['database']): Config['log'] {
  const { values, defaulted, production } = check.environment;
  const embedded = database === 'sqlite' && !production;
  if (!embedded) {
    const relied = ['INTERLOCK_LOG_ORIGIN', 'INTERLOCK_LOG_KEY_FILE', 'INTERLOCK_DISCLOSURE_KEY_FILE'] as const;
    for (const name of relied) {
      if (defaulted.has(name)) check.add(name, 'missing', settings[name].meaning);
    }
  }
  return {
    origin: values.INTERLOCK_LOG_ORIGIN ?? '',
    keyFile: values.INTERLOCK_LOG_KEY_FILE ?? '',
    ...(values.INTERLOCK_LOG_PREVIOUS_KEY_FILE !== undefined && {
      previousKeyFile: values.INTERLOCK_LOG_PREVIOUS_KEY_FILE,
    }),
    disclosureKeyFile: values.INTERLOCK_DISCLOSURE_KEY_FILE ?? '',
    createKeys: embedded,
  };
}

function readAnchors(check: Check): Config['anchors'] {
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
