import { cloudNames } from '#kernel';
import { z } from 'zod';
import { readAnchorTarget } from './anchor-target.ts';
import { durationMillis } from './duration.ts';
import { readRateLimit } from './rate-limit.ts';
import { readOtlpHeaders } from './otlp-headers.ts';

/** One environment variable: its name is a contract (docs/configuration.md is generated from this table). */
export interface Setting {
  /** What it means, in one line. */
  readonly meaning: string;
  /** What a value must look like, in the words of an error message that may not show the value. */
  readonly form: string;
  readonly schema: z.ZodType<string>;
  readonly default?: string;
  /** Its value never leaves {@link Secrets}. */
  readonly secret?: true;
}

const guid = z.guid().transform((text) => text.toLowerCase());
const text = z.string().min(1);
const webUrl = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !url.username && url.search === '' && url.hash === '';
});
const durationBetween = (least: number, most: number) =>
  z.string().refine((value) => {
    const millis = durationMillis(value);
    return millis !== undefined && millis >= least && millis <= most;
  });
const wholeBetween = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .refine((value) => Number(value) >= least && Number(value) <= most);
const flag = z.enum(['true', 'false']);
const httpsOrigin = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.hash === '' && !url.username;
});
const webOrigin = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, '');
});
/** It becomes a line of security.txt, so nothing but what a URI is made of may stand in it. */
const contactUri = z
  .string()
  .regex(/^(?:mailto:[^@\s]+@|https:\/\/)[\x21-\x7e]+$/)
  .refine((value) => URL.canParse(value));
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .refine((value) => Number(value) <= 65_535);
const list = (item: z.ZodType<string>) =>
  z.string().refine((value) => value.split(',').every((part) => item.safeParse(part.trim()).success));
const appRole = z.string().regex(/^[A-Za-z0-9._-]{1,120}$/);
const cidr = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]);
const origin = z
  .string()
  // The number is that of a log that succeeds another.
  .regex(/^[a-z0-9.:-]+\/audit\/[A-Za-z0-9._-]+(?:\/[1-9]\d{0,3})?$/)
  .max(200);

/** Every setting that Interlock reads, in the order in which people meet them. */
export const settings = {
  HOST: { meaning: 'address to listen on', form: 'an address or host name', schema: text, default: '127.0.0.1' },
  PORT: { meaning: 'port to listen on', form: 'a port number', schema: port, default: '8080' },
  METRICS_PORT: {
    meaning: 'port of their own for metrics and the reasons of health checks; default: PORT shows them',
    form: 'a port number',
    schema: port,
  },
  TLS_CERT_FILE: { meaning: 'PEM certificate chain for TLS of our own', form: 'a path', schema: text },
  TLS_KEY_FILE: { meaning: 'PEM private key for TLS of our own', form: 'a path', schema: text },
  TRUSTED_PROXIES: {
    meaning: 'proxies whose X-Forwarded-For is believed',
    form: 'a comma list of addresses or CIDR ranges',
    schema: list(cidr),
  },
  INTERLOCK_PUBLIC_URL: {
    meaning: 'origin under which callers reach Interlock; default: the address it listens on',
    form: 'an http(s) origin such as https://interlock.example',
    schema: webOrigin,
  },
  INTERLOCK_SECURITY_CONTACT: {
    meaning: 'whom to tell of a vulnerability; makes Interlock serve /.well-known/security.txt',
    form: 'a mailto: or https: URI',
    schema: contactUri,
  },
  INTERLOCK_CLOUD: {
    meaning: 'Microsoft cloud: global, usgov (GCC High), dod, china (21Vianet)',
    form: 'global, usgov, dod or china',
    schema: z.enum(cloudNames),
    default: 'global',
  },
  AZURE_TENANT_ID: { meaning: 'tenant of the provisioning jobs', form: 'a GUID', schema: guid },
  AZURE_CLIENT_ID: { meaning: "Interlock's own app registration (client id)", form: 'a GUID', schema: guid },
  INTERLOCK_CREDENTIAL: {
    meaning: 'how Interlock proves itself to Entra',
    form: 'managed-identity, workload-identity, federated-identity, certificate or secret',
    schema: z.enum(['managed-identity', 'workload-identity', 'federated-identity', 'certificate', 'secret']),
  },
  INTERLOCK_IDENTITY_CLIENT_ID: {
    meaning: 'client id of the user-assigned managed identity that federated-identity asserts with',
    form: 'a GUID',
    schema: guid,
  },
  AZURE_CLIENT_SECRET: { meaning: 'client secret, for `secret`', form: 'not empty', schema: text, secret: true },
  AZURE_CLIENT_CERTIFICATE_PATH: {
    meaning: 'PEM with certificate and private key, for `certificate`',
    form: 'a path',
    schema: text,
  },
  AZURE_CLIENT_CERTIFICATE_PASSWORD: {
    meaning: 'password of that private key',
    form: 'not empty',
    schema: text,
    secret: true,
  },
  AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: {
    meaning: 'send the chain, for subject name and issuer authentication',
    form: 'true or false',
    schema: flag,
    default: 'false',
  },
  AZURE_FEDERATED_TOKEN_FILE: {
    meaning: 'file with the projected token, for `workload-identity`',
    form: 'a path',
    schema: text,
  },
  AZURE_AUTHORITY_HOST: { meaning: "another Entra than the cloud's", form: 'an https origin', schema: httpsOrigin },
  GRAPH_BASE_URL: { meaning: "another Graph than the cloud's", form: 'an https origin', schema: httpsOrigin },
  INTERLOCK_CUSTOM_ENDPOINTS: {
    meaning: 'must be `allow` for the two settings above to name hosts that Microsoft does not publish for the cloud',
    form: 'allow',
    schema: z.literal('allow'),
  },
  INTERLOCK_AUDIENCES: {
    meaning: "accepted `aud` values of callers' tokens: the client id and the App ID URI of your API registration",
    form: 'a comma list',
    schema: list(text),
  },
  INTERLOCK_ALLOWED_GRAPH_ROLES: {
    meaning: "app roles that Interlock's own service principal may hold; with any other it does not become ready",
    form: 'a comma list of app role values or ids',
    schema: list(appRole),
    default: 'Application.ReadWrite.OwnedBy',
  },
  INTERLOCK_CALLER_TENANTS: {
    meaning: 'tenants whose tokens are accepted; default AZURE_TENANT_ID',
    form: 'a comma list of GUIDs',
    schema: list(guid),
  },
  INTERLOCK_CALLER_LIMIT: {
    meaning: 'how many requests one caller may make, whatever they are about; default: no limit',
    form: '<requests>/<ISO 8601 duration from PT1S to P1D>, such as 600/PT1M',
    schema: z.string().refine((value) => readRateLimit(value) !== undefined),
  },
  INTERLOCK_MAX_REQUESTS_IN_FLIGHT: {
    meaning: 'how many requests may be under way at a time; others hear 503 at once, and nothing is sent for them',
    form: 'a whole number from 1 to 12000',
    schema: wholeBetween(1, 12_000),
    default: '1024',
  },
  INTERLOCK_MAX_GRAPH_REQUESTS: {
    meaning: 'how many requests to Microsoft Graph may be under way at a time; others wait for their turn',
    form: 'a whole number from 1 to 4096',
    schema: wholeBetween(1, 4_096),
    default: '128',
  },
  INTERLOCK_IDEMPOTENCY_KEPT: {
    meaning: 'how long the reply to a request with an Idempotency-Key is kept for its repeats',
    form: 'an ISO 8601 duration from PT1M to P7D',
    schema: durationBetween(60_000, 604_800_000),
    default: 'PT24H',
  },
  INTERLOCK_READ_BEFORE_PAUSE: {
    meaning: 'read the job before pausing it, so that the intent knows the state before',
    form: 'true or false',
    schema: flag,
    default: 'true',
  },
  INTERLOCK_POLICY: { meaning: 'policy file', form: 'a path', schema: text, default: './policy.yaml' },
  INTERLOCK_SHADOW_POLICY: {
    meaning: 'policy file on trial: judged beside the policy, its differences recorded, never applied',
    form: 'a path',
    schema: text,
  },
  DATABASE_URL: {
    meaning: 'where the log is kept: sqlite:<path> (one replica) or postgres://… (many)',
    form: 'sqlite:<path> or postgres://…',
    schema: z.string().regex(/^(?:sqlite:.+|postgres(?:ql)?:\/\/.+)$/),
    default: 'sqlite:./data/interlock.db',
    secret: true,
  },
  INTERLOCK_LOG_ORIGIN: {
    meaning: 'name of the transparency log; required with PostgreSQL and in production',
    form: '<host>/audit/<name>, a successor of it <host>/audit/<name>/<number>',
    schema: origin,
    default: 'localhost/audit/interlock',
  },
  INTERLOCK_LOG_KEY_FILE: {
    meaning: "the log's Ed25519 signing key; made on first start only on SQLite outside production",
    form: 'a path of a PKCS#8 PEM file',
    schema: text,
    default: './data/log-key.pem',
  },
  INTERLOCK_DISCLOSURE_KEY_FILE: {
    meaning:
      'the key under which personal fields of the log are kept, so that they can be erased; made as the log key is',
    form: 'a path of a file with 32 random bytes in base64',
    schema: text,
    default: './data/disclosure-key',
  },
  INTERLOCK_LOG_PREVIOUS_KEY_FILE: {
    meaning: 'the key that signed the log until now; while it is named, the start hands the log over to the key above',
    form: 'a path of a PKCS#8 PEM file',
    schema: text,
  },
  INTERLOCK_ANCHORS: {
    meaning: 'where checkpoints are kept out of reach of whoever holds the database',
    form: 'a comma list of dir:/<path>, https://<host>/<path>[#bearer=/<token file>], witness+https://<host>/<path>#<vkey>',
    schema: list(z.string().refine((value) => readAnchorTarget(value) !== undefined)),
  },
  INTERLOCK_ANCHOR_EVERY: {
    meaning: 'how long after the last one a checkpoint is anchored, when the log has not grown by 4096 entries before',
    form: 'an ISO 8601 duration from PT1S to P7D',
    schema: durationBetween(1_000, 604_800_000),
    default: 'PT1H',
  },
  INTERLOCK_DRAIN_TIME: {
    meaning:
      'how long requests are still taken after SIGTERM, while readiness says 503 so that load balancers learn of it',
    form: 'an ISO 8601 duration up to PT1M',
    schema: durationBetween(0, 60_000),
    default: 'PT0S',
  },
  INTERLOCK_ALARMS: {
    meaning: 'file that says who hears of which alarms (docs/alarms.md); without it nobody does',
    form: 'a path',
    schema: text,
  },
  INTERLOCK_CONSOLE_CLIENT_ID: {
    meaning: "the console's app registration (client id); with it people can sign in",
    form: 'a GUID',
    schema: guid,
  },
  INTERLOCK_CONSOLE_URL: {
    meaning: 'origin under which browsers reach Interlock; <origin>/session/callback is the redirect URI to register',
    form: 'an https origin',
    schema: httpsOrigin,
  },
  INTERLOCK_CONSOLE_CLIENT_SECRET: {
    meaning: "client secret of the console's registration; a certificate is better",
    form: 'not empty',
    schema: text,
    secret: true,
  },
  INTERLOCK_CONSOLE_CERTIFICATE_PATH: {
    meaning: "PEM with certificate and unencrypted private key of the console's registration",
    form: 'a path',
    schema: text,
  },
  INTERLOCK_CONSOLE_IDLE_LIMIT: {
    meaning: 'how long a session of the console lasts without a request',
    form: 'an ISO 8601 duration from PT1S to PT24H',
    schema: durationBetween(1_000, 86_400_000),
    default: 'PT30M',
  },
  INTERLOCK_CONSOLE_SESSION_LIMIT: {
    meaning: 'how long a session of the console lasts at most',
    form: 'an ISO 8601 duration from PT1S to PT24H',
    schema: durationBetween(1_000, 86_400_000),
    default: 'PT8H',
  },
  INTERLOCK_LOG_LEVEL: {
    meaning: 'what is logged to standard output; that Interlock is ready is said at any level',
    form: 'fatal, error, warn, info, debug or silent',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    default: 'info',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    meaning: 'where traces go by OTLP over HTTP; `/v1/traces` is added. Absent: there are no traces',
    form: 'an http:// or https:// URL without query',
    schema: webUrl,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    meaning: 'headers for that collector, such as its token',
    form: 'a comma list of <name>=<percent-encoded value>',
    schema: z.string().refine((value) => readOtlpHeaders(value) !== undefined),
    secret: true,
  },
  OTEL_SERVICE_NAME: {
    meaning: 'name of this service in traces',
    form: 'up to 100 characters',
    schema: z.string().min(1).max(100),
    default: 'interlock',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    meaning: 'which part of the requests is traced that come without a trace; for others the caller has decided',
    form: 'a number from 0 to 1',
    schema: z.string().regex(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/),
    default: '1',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** Names in the table's order. */
export const settingNames = Object.keys(settings) as readonly SettingName[];
