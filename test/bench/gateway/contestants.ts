import { startHaproxy } from './haproxy.ts';
import type { MeasuredProcess } from './measured-process.ts';
import type { Stage } from './stage.ts';

/** One way to pause a job at Graph. */
export interface Contestant {
  readonly name: string;
  readonly process: MeasuredProcess;
}

/** Starts them all. The order is that of the table. */
export async function startContestants(stage: Stage): Promise<readonly Contestant[]> {
  const rows = await stage.postgres();
  const log = await stage.postgres();
  const logRead = await stage.postgres();
  const withoutRead = { INTERLOCK_READ_BEFORE_PAUSE: 'false' };
  const haproxy = await startHaproxy(stage);
  return [
    { name: contestantNames.upstream, process: stage.upstream },
    ...(haproxy === undefined ? [] : [{ name: contestantNames.haproxy, process: haproxy }]),
    { name: contestantNames.proxy, process: await stage.peer('fastify-proxy') },
    { name: contestantNames.handWritten, process: await stage.peer('express-axios') },
    {
      name: contestantNames.handWrittenAudited,
      process: await stage.peer('express-axios', { DATABASE_URL: rows.url }),
    },
    { name: contestantNames.sqlite, process: await stage.broker(withoutRead) },
    { name: contestantNames.postgres, process: await stage.broker({ ...withoutRead, DATABASE_URL: log.url }) },
    { name: contestantNames.sqliteRead, process: await stage.broker({}) },
    { name: contestantNames.postgresRead, process: await stage.broker({ DATABASE_URL: logRead.url }) },
  ];
}

export const contestantNames = {
  upstream: 'the upstream alone',
  haproxy: 'HAProxy + jwt_verify, no audit',
  proxy: 'Fastify + http-proxy + jose, no audit',
  handWritten: 'Express + express-jwt + axios, no audit',
  handWrittenAudited: 'Express + express-jwt + axios, two PostgreSQL rows',
  sqlite: 'Interlock on SQLite',
  postgres: 'Interlock on PostgreSQL',
  sqliteRead: 'Interlock on SQLite, reading before each pause',
  postgresRead: 'Interlock on PostgreSQL, reading before each pause',
} as const;
