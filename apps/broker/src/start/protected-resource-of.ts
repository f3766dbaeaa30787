import type { Config } from '#config';
import { ProtectedResource } from '../well-known/protected-resource.ts';

/** Interlock as callers reach it: under its public address, or where it listens. */
export function protectedResourceOf(config: Config, authority: string): ProtectedResource {
  const { host, port, tls } = config.listen;
  const shown = host.includes(':') ? `[${host}]` : host;
  const url = config.publicUrl ?? `${tls ? 'https' : 'http'}://${shown}:${port}`;
  return new ProtectedResource(
    url,
    config.callers.tenants.map((tenant) => `${authority}/${tenant}/v2.0`),
  );
}
