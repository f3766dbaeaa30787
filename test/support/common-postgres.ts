import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

declare global {
  // The hooks before and after are modules of their own, which share nothing else.
  var commonPostgres: PostgresServer | undefined;
}

/**
 * Starts one PostgreSQL server for all suites of a run, unless TEST_DATABASE_URL names one; each suite makes databases
 * of its own on it. jest calls this before the first suite.
 */
export default async function startCommonPostgres(): Promise<void> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return;
  const server = await startPostgresServer();
  process.env['TEST_DATABASE_URL'] = server.url;
  globalThis.commonPostgres = server;
}
