import { getCACertificates } from 'node:tls';

/**
 * `ca` option for TLS: the given PEM certificates besides what Node trusts by default (its own list, NODE_EXTRA_CA_CERTS
 * and, with NODE_USE_SYSTEM_CA, the system's). Undefined when none are given, which means that default.
 */
export function trustedAuthorities(extra: readonly string[]): string[] | undefined {
  return extra.length === 0 ? undefined : [...getCACertificates('default'), ...extra];
}
