import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { kill } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

const most = 3;

let interlock: Interlock;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker({
    INTERLOCK_READ_BEFORE_PAUSE: 'false',
    INTERLOCK_MAX_REQUESTS_IN_FLIGHT: String(most),
    INTERLOCK_MAX_GRAPH_REQUESTS: '2',
  });
  token = await interlock.hrPortal();
});
afterAll(() => interlock.stop());

const pause = (signal?: AbortSignal) =>
  call(broker.url + pausePath, { method: 'POST', token, body: goodJustification, ...(signal && { signal }) });
const intents = async () => (await eventsOver(broker.url, await interlock.reviewer(), 'type:pause.intent')).length;
const metric = async (pattern: RegExp) =>
  Number(pattern.exec(String((await call(`${broker.url}/metrics`)).data))?.[1] ?? 0);
const allowed = () => metric(/^interlock_decisions_total\{action="pause",effect="allow"\} (\d+)$/m);

/** As many pauses as may be under way, of which Graph answers none before `free`. */
async function full(signal?: AbortSignal) {
  const before = await allowed();
  interlock.cloud.clearJournal();
  interlock.cloud.injectFault({ match: { operation: 'job.pause' }, delay: 'until-cleared' });
  const pauses = Array.from({ length: most }, () => pause(signal));
  // The third waits for its turn at Graph.
  while ((await allowed()) < before + most) await setImmediate();
  await interlock.cloud.whenArrived({ operation: 'job.pause', count: 2 });
  const free = () => {
    interlock.cloud.clearFaults();
  };
  return { pauses, free };
}

describe('when as many requests are under way as may be', () => {
  it('the next one hears 503 and when to come again, nothing is sent for it, and those under way are answered', async () => {
    const before = await intents();
    const { pauses, free } = await full();

    const refused = await pause();
    expect(refused).toMatchObject({ status: 503, code: 'overloaded', headers: { 'retry-after': '1' } });
    expect(await call(`${broker.url}/health/live`)).toMatchObject({ status: 200 });
    expect(await call(`${broker.url}/health/ready`)).toMatchObject({ status: 200 });
    free();
    expect((await Promise.all(pauses)).map(({ status }) => status)).toEqual(Array(most).fill(204));
    expect(await intents()).toBe(before + most);
    const denials = await eventsOver(broker.url, await interlock.reviewer(), 'type:request.denied');
    expect(denials.map(({ deny_code }) => deny_code)).toEqual(['overloaded']);
  });

  it('clients that go away leave their places when their work is done, not before', async () => {
    const gone = new AbortController();
    const { pauses, free } = await full(gone.signal);
    gone.abort();
    await Promise.allSettled(pauses);

    expect(await pause()).toMatchObject({ status: 503, code: 'overloaded' });
    free();
    let next = await pause();
    while (next.status === 503) next = await pause();
    expect(next.status).toBe(204);
    expect((await Promise.all(Array.from({ length: most }, () => pause()))).map(({ status }) => status)).toEqual(
      Array(most).fill(204),
    );
  });

  it('requests that have not wholly arrived take no place', async () => {
    const slow = Array.from({ length: most }, () => connect(Number(new URL(broker.url).port), '127.0.0.1'));
    for (const socket of slow) {
      socket.write(`POST ${pausePath} HTTP/1.1\r\nhost: slow\r\nauthorization: Bearer ${token}\r\n`);
      socket.write('content-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    }
    // The one that asks is one more.
    while ((await metric(/^interlock_requests_in_flight (\d+)$/m)) <= most) await setImmediate();

    expect((await pause()).status).toBe(204);
    for (const socket of slow) socket.destroy();
  });
});

const backlog = process.platform === 'linux' ? Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8')) : 0;
const crowd = 1_000;

// Beyond the listener's queue the kernel lets connections seem open and drops what is sent on them.
(backlog > crowd ? it : it.skip)('clients that connect while the broker is busy all get their reply', async () => {
  const { port } = new URL(broker.url);
  kill(broker.pid, 'SIGSTOP');
  const sockets = Array.from({ length: crowd }, () => connect(Number(port), '127.0.0.1'));
  try {
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  } finally {
    kill(broker.pid, 'SIGCONT');
  }
  const replies = sockets.map(async (socket) => {
    socket.write('GET /health/live HTTP/1.1\r\nhost: crowd\r\n\r\n');
    const [head] = (await once(socket.setEncoding('latin1'), 'data')) as [string];
    return head.slice(0, 15);
  });
  expect(new Set(await Promise.all(replies))).toEqual(new Set(['HTTP/1.1 200 OK']));
  for (const socket of sockets) socket.destroy();
});
