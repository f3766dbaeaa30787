import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

it('leaves Graph alone after ten failures in a row: 503, nothing sent, with the time to come again', async () => {
  const broker = await interlock.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false' });
  const token = await interlock.hrPortal();
  const pause = () => call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });
  interlock.cloud.takeDown({ service: 'graph' });
  const failed: unknown[] = [];
  for (let n = 0; n < 10; n += 1) failed.push((await pause()).code);
  const held = await pause();

  expect(failed).toEqual(Array(10).fill('outcome_unknown'));
  expect([held.status, held.code]).toEqual([503, 'circuit_open']);
  expect(Number(held.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(Number(held.headers['retry-after'])).toBeLessThanOrEqual(5);
  expect(interlock.cloud.journal({ operation: 'job.pause' })).toHaveLength(10);
  const events = await eventsOver(broker.url, await interlock.reviewer());
  expect(events.at(-1)).toMatchObject({
    type: 'pause.outcome',
    outcome: 'failure',
    outcome_reason: 'circuit_open',
    upstream: { attempt: 0 },
  });
});
