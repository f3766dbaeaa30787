import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { AlarmReceiver, type ReceivedAlarm } from '../support/alarm-receiver.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { interlockHere } from '../support/commands-here.ts';
import { call } from '../support/http-client.ts';
import { Interlock, jobPath, pausePath } from '../support/interlock.ts';
import { testPolicy } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

const secret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secrets = { pager: secret(), next: secret(), siem: secret() };
const reason = 'the import would disable half of sales';
const policy = `${testPolicy}
  - id: break-glass
    effect: allow
    callers: [hr-portal]
    actions: [pause]
    jobs: [hr-inbound]
    require: { reason: { minLength: 15 } }
    breakGlass: true
`;

let interlock: Interlock;
let pager: AlarmReceiver;
let siem: AlarmReceiver;
let broker: BrokerProcess;

const file = (name: string) => join(interlock.folder, name);
const write = (name: string, text: string) => {
  writeFileSync(file(name), text);
  return file(name);
};
const settings = () => ({
  INTERLOCK_POLICY: file('alarming.yaml'),
  INTERLOCK_ALARMS: file('alarms.yaml'),
  NODE_EXTRA_CA_CERTS: file('cas.pem'),
});

beforeAll(async () => {
  [interlock, pager, siem] = await Promise.all([
    Interlock.start(),
    // It knows the newer of two secrets.
    AlarmReceiver.start(secrets.next),
    AlarmReceiver.start(secrets.siem),
  ]);
  write('cas.pem', interlock.cloud.caPem + pager.caPem + siem.caPem);
  write('alarming.yaml', policy);
  for (const [name, text] of Object.entries(secrets)) write(name, `${text}\n`);
  write(
    'alarms.yaml',
    `version: 1
ports: [${pager.port}, ${siem.port}]
destinations:
  - name: pager
    url: ${pager.url}
    secretFiles: [${file('pager')}, ${file('next')}]
    events: ["*"]
    disclose: [reason]
    allowPrivate: true
  - name: siem
    url: ${siem.url}
    secretFiles: [${file('siem')}]
    events: [break-glass]
    allowPrivate: true
  - name: rebound
    url: ${siem.url}
    secretFiles: [${file('siem')}]
    events: [policy-changed]
`,
  );
  broker = await interlock.broker(settings());
});
afterAll(async () => {
  await interlock.stop();
  await Promise.all([pager.close(), siem.close()]);
});

const pause = async () =>
  call(broker.url + pausePath, { method: 'POST', token: await interlock.hrPortal(), body: { reason } });
const metrics = async () => String((await call(`${broker.url}/metrics`)).data);
const is = (name: string, destination?: string) => (alarm: ReceivedAlarm) =>
  alarm.type === `com.interlock.alarm.${name}` &&
  (destination === undefined || alarm.subject === `destinations/${destination}`);
/** Breaks the glass, and gives the id of the event that says so. */
async function breakGlass(): Promise<string> {
  expect(await pause()).toMatchObject({ status: 204 });
  const used = await eventsOver(broker.url, await interlock.reviewer(), 'type:policy.break_glass_used');
  return used.at(-1)?.id ?? '';
}
/** Asks until the metrics say so, and gives them. */
async function measured(line: RegExp): Promise<string> {
  for (;;) {
    const text = await metrics();
    if (line.test(text)) return text;
    await breath();
  }
}

const Entry = z.object({ leaf: z.base64(), event: z.object({ time: z.string() }) });

describe('a broker with destinations of alarms', () => {
  it('delivers what the log says, signed and in an envelope that others understand', async () => {
    const id = await breakGlass();
    const [told, terse] = await Promise.all([pager, siem].map((one) => one.heard((alarm) => alarm.id === id)));
    const shown = await call(`${broker.url}/api/audit/events/${told?.data?.index}`, {
      token: await interlock.reviewer(),
    });
    const { leaf, event } = Entry.parse(shown.data);

    expect(told).toMatchObject({
      specversion: '1.0',
      source: 'https://broker.example/audit/test',
      type: 'com.interlock.alarm.break-glass',
      subject: jobPath(jobs.hrInbound).replace('/v1.0/', ''),
      datacontenttype: 'application/json',
      dataschema: 'urn:interlock:alarm:1',
      sequence: String(told?.data?.index).padStart(16, '0'),
    });
    expect(new Date(told?.time ?? '').toISOString()).toBe(event.time);
    expect(told?.data).toMatchObject({
      leafHash: createHash('sha256').update('\0').update(Buffer.from(leaf, 'base64')).digest('base64'),
      entry: { id, code: 'POL03E', type: 'policy.break_glass_used', rule_id: 'break-glass', action: 'pause' },
      personal: { reason },
    });
    expect(terse?.data).not.toHaveProperty('personal');
    expect(terse?.data?.entry).toEqual(told?.data?.entry);
    expect([...pager.faults, ...siem.faults]).toEqual([]);
  });

  it('has on record what left the house in plain', async () => {
    const disclosed = await eventsOver(broker.url, await interlock.reviewer(), 'type:alarm.disclosed');
    expect(disclosed).toMatchObject([
      {
        parent: pager.received.find(is('break-glass'))?.id,
        alarm: { destination: 'pager', name: 'break-glass', disclosed: ['reason'] },
      },
    ]);
  });

  it('serves requests while a receiver is down, and delivers what it missed, in order, when it is up again', async () => {
    await siem.close();
    const missed = [await breakGlass(), await breakGlass()];
    const lagging = await measured(/^interlock_alarm_attempts_total\{destination="siem",result="troubled"\} [1-9]/m);
    expect(lagging).toMatch(/^interlock_alarm_lag_events\{destination="siem"\} [1-9]/m);
    expect(lagging).toMatch(/^interlock_alarm_lag_age_seconds\{destination="siem"\} (?!0$)/m);
    await siem.open();
    await siem.heard(({ id }) => id === missed[1]);

    expect(siem.received.slice(-2).map(({ id }) => id)).toEqual(missed);
    await measured(/^interlock_alarm_lag_events\{destination="siem"\} 0$/m);
  });

  it('parks what a destination will never take, says so elsewhere, and goes on', async () => {
    siem.answer = () => 410;
    const gone = await breakGlass();
    const parked = await pager.heard(is('alarm-parked', 'siem'));
    expect(parked.data?.entry).toMatchObject({ parent: gone, outcome_reason: 'gone', alarm: { name: 'break-glass' } });
    await pager.heard(is('destination-failed', 'siem'));
    const failing = await measured(/^interlock_alarm_parked\{destination="siem"\} 1$/m);
    expect(failing).toMatch(/^interlock_alarm_destination_failing\{destination="siem"\} 1$/m);
    siem.answer = () => 204;
    const next = await breakGlass();
    await siem.heard(({ id }) => id === next);
    await pager.heard(is('destination-recovered', 'siem'));
  });

  it('follows no redirect', async () => {
    const inward = await AlarmReceiver.start(secrets.siem);
    siem.answer = () => ({ location: inward.url });
    const id = await breakGlass();
    const parked = await pager.heard((alarm) => is('alarm-parked')(alarm) && alarm.data?.entry['parent'] === id);
    await inward.close();

    expect(parked.data?.entry).toMatchObject({ outcome_reason: 'redirected' });
    expect([...inward.received, ...inward.faults]).toEqual([]);
  });

  it('does not even connect to a destination whose name leads to this machine', async () => {
    const before = siem.received.length;
    write('alarming.yaml', `${policy}\n# changed\n`);
    const parked = await pager.heard(is('alarm-parked', 'rebound'));

    expect(parked.data?.entry).toMatchObject({ outcome_reason: 'alarm_address_refused' });
    expect(siem.received).toHaveLength(before);
    expect(siem.faults).toEqual([]);
  });

  it('tells again, under the same id, what it may have told before it was killed', async () => {
    let answer = (_status: number): void => undefined;
    siem.answer = () => new Promise((resolve) => (answer = resolve));
    const id = await breakGlass();
    await siem.heard((alarm) => alarm.id === id);
    await broker.kill();
    answer(204);
    siem.answer = () => 204;
    const before = siem.received.length;
    const parked = await interlockHere(['alarms', 'parked'], interlock.environment(settings()));
    const retried = await interlockHere(['alarms', 'retry', 'siem'], interlock.environment(settings()));
    broker = await interlock.broker(settings());
    await siem.heard((alarm) => alarm.id === id && siem.received.indexOf(alarm) >= before);

    expect(siem.received.slice(before).filter((alarm) => alarm.id === id)).toHaveLength(1);
    expect(parked.out).toMatch(
      /^rebound \d+ policy-changed \S+ alarm_address_refused\nsiem \d+ break-glass \S+ gone\nsiem \d+ break-glass \S+ redirected\n$/,
    );
    expect(retried).toMatchObject({ code: 0, out: '2 parked alarms will be tried again\n' });
  });

  it('has delivered what was parked, because an operator wanted it', async () => {
    await measured(/^interlock_alarm_parked\{destination="siem"\} 0$/m);
    for (const { id } of await eventsOver(broker.url, await interlock.reviewer(), 'type:policy.break_glass_used')) {
      expect(siem.received.map((alarm) => alarm.id)).toContain(id);
    }
    expect(await eventsOver(broker.url, await interlock.reviewer(), 'type:alarm.retried')).toMatchObject([
      { actor: { kind: 'operator' }, alarm: { destination: 'siem', count: 2 } },
    ]);
  });
});
