import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let operatorsUrl: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker({ METRICS_PORT: '0' });
  operatorsUrl = /"operatorsUrl":"([^"]+)"/.exec(broker.output())?.[1] ?? '';
});
afterAll(() => interlock.stop());

describe('with a port for monitoring', () => {
  it('metrics are there, and callers find none', async () => {
    const { status, headers, data } = await call(`${operatorsUrl}/metrics`);

    expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(data).toContain('interlock_requests_in_flight');
    expect(await call(`${broker.url}/metrics`)).toMatchObject({ status: 401 });
    const token = await interlock.hrPortal();
    expect(await call(`${broker.url}/metrics`, { token })).toMatchObject({ status: 404 });
  });

  it('the reasons of readiness are there, and callers hear only whether it is', async () => {
    const told = await call(`${operatorsUrl}/health/ready`);

    expect(told).toMatchObject({ status: 200, data: { status: 'ready', checks: { store: { status: 'ok' } } } });
    expect(await call(`${broker.url}/health/ready`)).toMatchObject({ status: 200, data: { status: 'ready' } });
    expect((await call(`${broker.url}/health/ready`)).data).toEqual({ status: 'ready' });
    expect(await call(`${operatorsUrl}/health/live`)).toMatchObject({ status: 200, data: { status: 'live' } });
  });

  it('nothing else is there', async () => {
    const token = await interlock.hrPortal();

    expect((await call(`${operatorsUrl}/api/me`, { token })).status).toBe(404);
    expect((await call(`${operatorsUrl}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('it is closed with the rest', async () => {
    expect(await broker.stop()).toBe(0);
    await expect(call(`${operatorsUrl}/health/live`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
