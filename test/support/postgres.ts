import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { PostgresServer } from './postgres-server.ts';

/** A database of its own on a real PostgreSQL server, for one test file. */
export interface TestPostgres {
  /** As superuser of the server. */
  readonly url: string;
  /** Runs SQL from outside, on a connection of its own, and gives the last statement's rows. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  /** Drops the database, and stops the server when it was started for it. */
  stop(): Promise<void>;
}

/** On the server of TEST_DATABASE_URL, as the suites have it in common; else on one of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  const server = await startServer();
  await accepting(server.url);
  const name = `interlock_${randomBytes(6).toString('hex')}`;
  await query(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    sql: (text) => query(url.href, text),
    stop: async () => {
      await query(server.url, `drop database ${name} with (force)`);
      await server.stop();
    },
  };
}

async function startServer(): Promise<PostgresServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  // What starts servers is large, and most suites are given one.
  const { startPostgresServer } = await import('./postgres-server.ts');
  return startPostgresServer();
}

/** A server may be reachable and still be starting up (SQLSTATE 57P03), above all on a busy machine. */
async function accepting(url: string): Promise<void> {
  for (let left = 120; ; left -= 1) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      const starting = error !== null && typeof error === 'object' && 'code' in error && error.code === '57P03';
      if (!starting || left === 0) throw error;
      await setTimeout(250);
    }
  }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Several statements give several results, which the types of pg leave out.
    const results = [await client.query<Record<string, unknown>>(text)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
