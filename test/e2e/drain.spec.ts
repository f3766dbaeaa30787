import { kill } from 'node:process';
import { call } from '../support/http-client.ts';
import { DrainChain } from '../support/drain-chain.ts';
import { Interlock } from '../support/interlock.ts';

// `npm run torture -- drain` does the same fifty times, on both stores.
const callers = 32;

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

describe('SIGTERM under load', () => {
  it('loses no request: each is answered or was never read, and each intent has its outcome', async () => {
    const chain = new DrainChain(interlock, { INTERLOCK_READ_BEFORE_PAUSE: 'false' });
    await chain.stopAfter(100, callers);
    // All requests are at Graph when this one is told to stop.
    interlock.cloud.injectFault({ match: { operation: 'job.pause' }, when: 'after', delay: 50 });
    await chain.stopAfter(1, callers);
    interlock.cloud.clearFaults();
    const report = await chain.report();

    expect(report).toMatchObject({ badExits: [], refused: [], lost: [], unpaired: [], notEnded: [] });
    expect(report.ends['204']).toBeGreaterThan(100 + callers);
  });
});

it('turns readiness to 503 first and goes on serving for INTERLOCK_DRAIN_TIME', async () => {
  const broker = await interlock.broker({ INTERLOCK_DRAIN_TIME: 'PT1M' });
  const ready = () => call(`${broker.url}/health/ready`);
  expect((await ready()).status).toBe(200);
  kill(broker.pid, 'SIGTERM');
  let reply = await ready();
  while (reply.status === 200) reply = await ready();

  expect(reply).toMatchObject({
    status: 503,
    data: { status: 'not_ready', checks: { service: { status: 'failed', detail: 'is stopping' } } },
  });
  const served = await call(`${broker.url}/api/me`, { token: await interlock.hrPortal() });
  expect([served.status, served.headers['connection']]).toEqual([200, 'close']);
  await broker.kill();
});
