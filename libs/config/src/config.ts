import type { ClientId, CloudName, RateLimit, TenantId } from '#kernel';
import type { AnchorTarget } from './anchor-target.ts';

/** How Interlock proves itself to Entra, without what must stay secret. */
export type CredentialConfig =
  | { readonly kind: 'managed-identity' }
  | { readonly kind: 'workload-identity'; readonly tokenFile: string }
  | { readonly kind: 'federated-identity'; readonly identityClientId: ClientId }
  | { readonly kind: 'certificate'; readonly certificatePath: string; readonly sendCertificateChain: boolean }
  | { readonly kind: 'secret' };

/** Where traces go and which. */
export interface TracingConfig {
  /** OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** Part of the requests without a trace of their caller's, 0 to 1. */
  readonly ratio: number;
}

/** How people sign in to the console, without what must stay secret. */
export interface ConsoleConfig {
  /** The console's app registration. */
  readonly clientId: ClientId;
  /** https origin under which browsers reach Interlock, without trailing slash. */
  readonly url: string;
  readonly credential: { readonly kind: 'secret' } | { readonly kind: 'certificate'; readonly certificatePath: string };
  /** How long a session lasts without a request, in milliseconds. */
  readonly idleMillis: number;
  /** How long it lasts at most, in milliseconds. */
  readonly absoluteMillis: number;
}

/** Everything that may be shown: logged at start, printed by `doctor`. */
export interface Config {
  readonly listen: { readonly host: string; readonly port: number; readonly tls: boolean };
  /** Where metrics and the reasons of health checks are told; absent: where callers come too. */
  readonly metricsPort?: number;
  /** Origin without trailing slash; absent: where it listens. */
  readonly publicUrl?: string;
  /** A mailto: or https: URI; absent: there is no security.txt. */
  readonly securityContact?: string;
  readonly trustedProxies: readonly string[];
  readonly microsoft: {
    readonly cloud: CloudName;
    readonly authorityHost?: string;
    readonly graphBaseUrl?: string;
    readonly tenantId: TenantId;
    readonly clientId: ClientId;
    readonly credential: CredentialConfig;
    /** App roles, by value or id, that our own service principal may hold. */
    readonly allowedRoles: readonly string[];
  };
  readonly callers: { readonly audiences: readonly string[]; readonly tenants: readonly TenantId[] };
  /** Of all requests of one caller; absent: none. */
  readonly callerLimit?: RateLimit;
  /** How much may be under way at a time: requests of callers, and of ours to Graph. */
  readonly most: { readonly requests: number; readonly graphRequests: number };
  readonly idempotencyKeptMillis: number;
  /** Absent: nobody can sign in. */
  readonly console?: ConsoleConfig;
  readonly readBeforePause: boolean;
  readonly policyFile: string;
  /** Absent: no policy is on trial. */
  readonly shadowPolicyFile?: string;
  readonly database: 'sqlite' | 'postgres';
  readonly log: {
    readonly origin: string;
    readonly keyFile: string;
    /** Of the key that the log is to be taken over from. */
    readonly previousKeyFile?: string;
    readonly disclosureKeyFile: string;
    /** Whether a first start makes both keys. */
    readonly createKeys: boolean;
  };
  readonly anchors: { readonly targets: readonly AnchorTarget[]; readonly everyMillis: number };
  /** How long requests are still taken once the end was asked for. */
  readonly drainMillis: number;
  /** Absent: nobody hears of alarms. */
  readonly alarmsFile?: string;
  /** Absent: nothing is traced. */
  readonly tracing?: TracingConfig;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** What is never shown. Kept apart by type, so that a Config can be logged and this cannot by accident. */
export interface Secrets {
  readonly databaseUrl: string;
  readonly clientSecret?: string;
  readonly certificatePassword?: string;
  readonly consoleClientSecret?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** For the collector of traces. */
  readonly otlpHeaders?: Readonly<Record<string, string>>;
}
