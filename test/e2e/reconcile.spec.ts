import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver, type Recorded } from '../support/recorded-events.ts';

let interlock: Interlock;
let reviewer: string;

beforeEach(async () => {
  interlock = await Interlock.start();
  reviewer = await interlock.reviewer();
});
afterEach(() => interlock.stop());

const pause = async (broker: BrokerProcess) =>
  call(broker.url + pausePath, { method: 'POST', token: await interlock.hrPortal(), body: goodJustification });

/** Reads the log until it has an event of that type. */
async function eventually(broker: BrokerProcess, type: string): Promise<Recorded> {
  for (;;) {
    const found = (await eventsOver(broker.url, reviewer)).find((event) => event.type === type);
    if (found !== undefined) return found;
    await breath();
  }
}

const open = async (broker: BrokerProcess) => (await call(`${broker.url}/api/audit/open`, { token: reviewer })).data;

describe('a pause whose connection breaks after Graph applied it', () => {
  it('is open and counted until it is read, and then reconciled as applied', async () => {
    // Graph cannot be read, so that the unknown stays open until the test has looked at it.
    const broker = await interlock.failpointBroker({}, { orphans: 'by age' });
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      when: 'after',
      effect: { kind: 'reset' },
    });
    const trouble = interlock.cloud.injectFault({
      match: { operation: 'job.get' },
      skip: 1,
      effect: { kind: 'error', status: 503 },
    });
    expect((await pause(broker)).code).toBe('outcome_unknown');
    const intent = await eventually(broker, 'pause.intent');

    expect(await open(broker)).toMatchObject({
      items: [{ eventId: intent.id, operation: 'pause', state: 'unknown', ...jobs.hrInbound }],
    });
    const known = await call(`${broker.url}/api/jobs`, { token: await interlock.hrPortal() });
    expect(known.data).toMatchObject({
      items: [{ alias: 'hr-inbound', openUnknowns: [{ eventId: intent.id, state: 'unknown' }] }, { alias: 'scim' }],
    });
    const metrics = String((await call(`${broker.url}/metrics`)).data);
    expect(metrics).toContain('interlock_open_unknowns{operation="pause"} 1');
    expect(metrics).toMatch(/^interlock_oldest_open_unknown_seconds \d+$/m);

    interlock.cloud.clearFaults({ id: trouble });
    expect(await eventually(broker, 'pause.reconciled')).toMatchObject({
      parent: intent.id,
      outcome: 'applied',
      outcome_reason: 'state_changed',
      before: { status: 'Active' },
      reads: [{ status: 'Paused', graph_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
    expect(await open(broker)).toEqual({ items: [] });
    expect(String((await call(`${broker.url}/metrics`)).data)).toContain(
      'interlock_open_unknowns{operation="pause"} 0',
    );
    expect(await broker.stop()).toBe(0);
  });
});

describe('an intent that a killed broker left behind', () => {
  it('is reconciled by the next one', async () => {
    const held = interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      when: 'after',
      delay: 'until-cleared',
    });
    const broker = await interlock.failpointBroker({}, {});
    const reply = pause(broker).catch(() => 'no reply');
    await interlock.cloud.whenArrived({ operation: 'job.pause', count: 1 });
    await broker.kill();
    expect(await reply).toBe('no reply');
    interlock.cloud.clearFaults({ id: held });

    const next = await interlock.failpointBroker({}, {});
    const reconciled = await eventually(next, 'pause.reconciled');
    const intent = await eventually(next, 'pause.intent');
    expect(reconciled).toMatchObject({ parent: intent.id, outcome: 'applied' });
    expect(interlock.cloud.journal({ operation: 'job.pause' })).toHaveLength(1);
  });
});

describe('GET /api/audit/open', () => {
  it('is for reviewers only', async () => {
    const broker = await interlock.broker();
    const url = `${broker.url}/api/audit/open`;

    expect((await call(url)).status).toBe(401);
    expect((await call(url, { token: await interlock.hrPortal() })).code).toBe('insufficient_scope');
    expect((await call(url, { token: reviewer })).data).toEqual({ items: [] });
  });
});
