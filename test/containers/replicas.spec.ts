import type { StartedTestContainer } from 'testcontainers';
import { Ending } from '../../apps/broker/src/start/ending.ts';
import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { stopGracefully, urlOf, whenLogged } from '../support/broker-container.ts';
import { call } from '../support/http-client.ts';
import { jobPath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';
import { pausesOf } from '../support/recorded-pauses.ts';
import { Replicas } from '../support/replicas.ts';

const pausable = [jobs.hrInbound, jobs.scim, jobs.crossTenant];
const rounds = 8;
const setUp = 600_000;

const ending = new Ending();
let replicas: Replicas;
let brokers: StartedTestContainer[];
let token: string;

beforeAll(async () => {
  replicas = await Replicas.start();
  ending.add(() => replicas.stop());
  brokers = await Promise.all([replicas.broker(), replicas.broker()]);
  token = await replicas.hrPortal();
}, setUp);
afterAll(() => ending.run());

const pause = (broker: StartedTestContainer, job: (typeof pausable)[number]) =>
  call(`${urlOf(broker)}${jobPath(job)}/pause`, { method: 'POST', token, body: goodJustification });
const requestIdOf = (reply: { headers: object }) => String(Reflect.get(reply.headers, 'request-id'));

describe('two containers of the image on one PostgreSQL', () => {
  it('pause jobs at the same time, each pause reaching Graph once, and share one log that proves itself', async () => {
    const replies = await Promise.all(
      Array.from({ length: rounds }, () =>
        brokers.flatMap((broker) => pausable.map((job) => pause(broker, job))),
      ).flat(),
    );

    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 204));
    const applied = await replicas.cloud.ask('journal', { operation: 'job.pause', applied: true });
    expect(applied).toHaveLength(replies.length);
    expect(await replicas.cloud.ask('journal', { dangerous: true })).toEqual([]);
    for (const job of pausable) expect(await replicas.cloud.ask('jobState', job)).toMatchObject({ kind: 'paused' });

    const events = await replicas.verifiedEvents();
    const recorded = replies.map((reply) => pausesOf(events, requestIdOf(reply)));
    expect(recorded.map((pauses) => pauses.map(({ outcomes }) => outcomes))).toEqual(replies.map(() => [['success']]));
    expect(new Set(recorded.flat().map(({ instance }) => instance)).size).toBe(brokers.length);
    expect(events.filter(({ type }) => type === 'pause.intent')).toHaveLength(replies.length);
  });

  it('show a reviewer the same events, whichever is asked', async () => {
    const reviewer = await replicas.reviewer();
    const [one, other] = await Promise.all(brokers.map((broker) => eventsOver(urlOf(broker), reviewer)));

    expect(one?.length).toBeGreaterThan(0);
    expect(other).toEqual(one);
    // Both looks are on record themselves, and leave themselves out.
    const recorded = await replicas.verifiedEvents();
    expect(recorded.filter(({ type }) => type !== 'audit.read')).toEqual(one);
  });
});

describe('a broker that is told to stop', () => {
  it('finishes the pause in flight, records its outcome and its own end, and exits 0', async () => {
    const broker = await replicas.broker();
    await replicas.cloud.ask('clearJournal');
    await replicas.cloud.ask('injectFault', { match: { operation: 'job.pause' }, delay: 'until-cleared' });
    const reply = pause(broker, jobs.hrInbound);
    await replicas.cloud.ask('whenArrived', { operation: 'job.pause' });
    const exitCode = stopGracefully(broker);
    await whenLogged(broker, '"stopping"');
    await replicas.cloud.ask('clearFaults');

    expect(await reply).toMatchObject({ status: 204, headers: { connection: 'close' } });
    expect(await exitCode).toBe(0);
    const events = await replicas.verifiedEvents();
    const [recorded] = pausesOf(events, requestIdOf(await reply));
    expect(recorded?.outcomes).toEqual(['success']);
    expect(events.at(-1)).toMatchObject({ type: 'service.stopped', instance: recorded?.instance });
  });

  it('leaves the other replica serving', async () => {
    const [first, second] = brokers;

    expect(await stopGracefully(first!)).toBe(0);
    expect((await pause(second!, jobs.scim)).status).toBe(204);
  });
});
