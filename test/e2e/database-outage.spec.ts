import { BreakingProxy } from '../store/breaking-proxy.ts';
import { DatabaseOutage } from '../support/database-outage.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

// `npm run torture -- outage` stops and starts a real server, and looks at the speed after its return.
const callers = 8;

let interlock: Interlock;
let postgres: TestPostgres;
let proxy: BreakingProxy;
let url: string;

beforeAll(async () => {
  [interlock, postgres] = await Promise.all([Interlock.start(), startPostgres()]);
  ({ proxy, url } = await BreakingProxy.start(postgres.url));
});
afterAll(async () => {
  await interlock.stop();
  await proxy.stop();
  await postgres.stop();
});

it('an outage of PostgreSQL under load is 503 and no call of Graph, and nothing is lost over it', async () => {
  const database = {
    url,
    goDown: () => {
      proxy.goDown();
    },
    comeBack: () => {
      proxy.comeBack();
    },
  };
  const run = await DatabaseOutage.start(interlock, database, callers);
  await run.more(40, 204);
  await run.goDown();
  await run.more(40, 503);
  const ready = await call(`${run.broker.url}/health/ready`);
  expect(ready).toMatchObject({ status: 503, data: { checks: { store: { status: 'failed' } } } });
  const alive = await call(`${run.broker.url}/health/live`);
  expect(alive.status).toBe(200);
  await run.comeBack();
  await run.more(40, 204);
  const report = await run.report();

  expect(report).toMatchObject({ notEndedOnce: [], withoutIntent: [], untrueReplies: [], unpaired: [] });
  expect(Object.keys(report.endsWhileAway)).toEqual(['503']);
});
