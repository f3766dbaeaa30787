import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver, type Recorded, verifiedEvents } from '../support/recorded-events.ts';

let interlock: Interlock;

const environment = { INTERLOCK_READ_BEFORE_PAUSE: 'false' };

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

/**
 * Starts a broker on the log that the one before left, pauses, and kills it once `reached` resolves, while the given
 * request is held at the cloud. Gives every event.
 */
async function killWhile(
  fault: Parameters<Interlock['cloud']['injectFault']>[0],
  reached: (broker: BrokerProcess) => Promise<unknown>,
): Promise<readonly Recorded[]> {
  interlock.cloud.injectFault({ ...fault, delay: 'until-cleared' });
  const broker = await interlock.broker(environment);
  expect((await call(`${broker.url}/health/ready`)).status).toBe(200);
  const token = await interlock.hrPortal();
  const reply = call(broker.url + pausePath, { method: 'POST', token, body: goodJustification }).then(
    ({ status }) => status,
    () => 'no reply',
  );
  await reached(broker);
  await broker.kill();

  expect(await reply).toBe('no reply');
  interlock.cloud.clearFaults();
  return verifiedEvents(interlock.environment(environment));
}

/** Reads the log until the intent stands in it. */
async function intentIsRecorded(broker: BrokerProcess): Promise<void> {
  const reviewer = await interlock.reviewer();
  while (!(await eventsOver(broker.url, reviewer)).some(({ type }) => type === 'pause.intent')) await breath();
}

const ofPause = (events: readonly Recorded[]) => events.filter(({ type }) => type.startsWith('pause.'));

// In this order: the second broker starts on the log that the first one left.
describe('a broker that is killed', () => {
  it('between the intent and Graph leaves an intent without outcome, and the job as it was', async () => {
    const events = await killWhile({ match: { operation: 'token' } }, intentIsRecorded);

    expect(ofPause(events)).toMatchObject([{ type: 'pause.intent' }]);
    expect(interlock.cloud.journal({ operation: 'job.pause' })).toEqual([]);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'active' });
  });

  it('between Graph and the outcome leaves an intent without outcome: nothing is reported as success', async () => {
    const events = await killWhile({ match: { operation: 'job.pause' }, when: 'after' }, () =>
      interlock.cloud.whenArrived({ operation: 'job.pause', count: 1 }),
    );

    expect(ofPause(events)).toMatchObject([{ type: 'pause.intent' }, { type: 'pause.intent' }]);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });
});
