import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Draining } from './closing-connections.ts';

/** More than an operation may take, its records included. */
const finishMillis = 25_000;

/** Takes no more requests and lets those under way finish. Connections that are still open after 25 s are cut. */
export async function closeApplication(
  app: Pick<NestFastifyApplication, 'close' | 'getHttpServer'>,
  { clock, drainMillis }: Draining,
): Promise<void> {
  const server = app.getHttpServer();
  const closed = new AbortController();
  const cut = clock.wait(drainMillis + finishMillis, closed.signal).then(
    () => {
      server.closeAllConnections();
    },
    () => undefined,
  );
  await app.close();
  closed.abort();
  await cut;
}
