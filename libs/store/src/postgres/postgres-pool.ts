import { Pool, TypeOverrides, types } from 'pg';
import { GatheringSocket } from './gathering-socket.ts';

/** Sizes, indexes and times: all are safe integers, so that bigint columns need not come as strings. */
const overrides = new TypeOverrides();
overrides.setTypeParser(types.builtins.INT8, (text: string) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A number of the database is beyond 2^53 - 1');
  return value;
});

/** A pool of connections. Its timeouts are in milliseconds; `pipeline` sends a query before the last one is answered. */
export function postgresPool(
  connectionString: string,
  limits: { readonly max: number; readonly queryMillis?: number; readonly pipeline?: boolean },
): Pool {
  const pool = new Pool({
    connectionString,
    types: overrides,
    application_name: 'interlock',
    keepAlive: true,
    connectionTimeoutMillis: 3000,
    max: limits.max,
    pipeline: limits.pipeline ?? false,
    stream: () => new GatheringSocket(),
    // The client's own limit is for a network that swallows packets; the server's limits are shorter.
    ...(limits.queryMillis !== undefined && { query_timeout: limits.queryMillis }),
  });
  // A connection that breaks emits 'error', idle or not, and an 'error' without a listener ends the process. Nothing
  // is lost by not listening: the pool drops the connection and whoever uses it gets a rejection.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

function ignore(): void {
  // See above.
}
