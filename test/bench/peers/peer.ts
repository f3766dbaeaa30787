import type { AddressInfo, Server } from 'node:net';

/** What a peer is told in its environment; throws when it is not. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

/** The credential for the upstream, which callers must not see. */
export const upstreamAuthorization = 'Bearer of-the-gateway-and-nobody-else';

/** Tells the benchmark where the peer is to be found. */
export function listening(server: Server, base = 'http://127.0.0.1'): void {
  console.log(JSON.stringify({ url: `${base}:${(server.address() as AddressInfo).port}` }));
}
