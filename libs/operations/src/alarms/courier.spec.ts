import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmNames, type Attempt, type Destination, WebhookPost } from '#alarms';
import type { AuditEvent, AuditLog } from '#audit';
import { MemoryAlarmBook, MemoryLeaseStore, useMemoryLog } from '#testing';
import { Courier } from './courier.ts';

const memory = useMemoryLog();
const folder = mkdtempSync(join(tmpdir(), 'interlock-courier-'));
const secretFile = join(folder, 'secret');
const minute = 60_000;
const day = 1_440 * minute;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

class ScriptedPost extends WebhookPost {
  readonly ids: string[] = [];
  readonly bodies: string[] = [];
  /** Answers of the next attempts; afterwards everything is delivered. */
  readonly answers: Attempt[] = [];
  always: Attempt | undefined;

  override post(_to: unknown, headers: Readonly<Record<string, string>>, body: string): Promise<Attempt> {
    this.ids.push(headers['webhook-id'] ?? '');
    this.bodies.push(body);
    return Promise.resolve(this.always ?? this.answers.shift() ?? { kind: 'delivered' });
  }
}

let log: AuditLog;
let book: MemoryAlarmBook;
let leases: MemoryLeaseStore;
let post: ScriptedPost;

const away: Attempt = { kind: 'troubled', reason: 'unreachable' };
const refused: Attempt = { kind: 'refused', reason: 'http_422' };
const pager: Destination = {
  name: 'pager',
  url: 'https://receiver.example/',
  secretFiles: [secretFile],
  events: alarmNames,
  disclose: [],
  reach: 'public',
};
/** A new alarm with each call. */
const record = async (number: number): Promise<string> => {
  const digest = String(number).repeat(64).slice(0, 64);
  const event: AuditEvent = { type: 'policy.changed', previousSha256: digest, policySha256: digest };
  return (await log.record(event)).eventId;
};
const courier = (changes: Partial<Destination> = {}, owner = 'replica') => {
  const { clock, store } = memory;
  const ports = { audit: log, log: store, book, leases, post, clock, owner, random: () => 0.5 };
  return new Courier(ports, { ...pager, ...changes });
};
const typesRecorded = async (): Promise<readonly string[]> =>
  (await memory.store.summaries(0, log.size)).map(({ type }) => type).filter((type) => type.startsWith('alarm.'));
/** Rounds until nothing is left to try, moving time on as the courier asks. */
async function deliverAll(working: Courier, attempts: number): Promise<void> {
  for (let tried = 0; tried < attempts; tried++) {
    await memory.clock.advance(Math.max(0, ((await book.find('pager'))?.retryAt ?? 0) - memory.clock.now()));
    await working.round();
  }
}

beforeEach(async () => {
  writeFileSync(secretFile, `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  log = await memory.open();
  [book, leases, post] = [new MemoryAlarmBook(), new MemoryLeaseStore(memory.clock), new ScriptedPost()];
  await book.begin('pager', log.size);
  await book.begin('siem', log.size);
});
afterEach(() => log.close());

describe('a courier', () => {
  it('delivers alarms in their order, and none twice', async () => {
    const ids = [await record(1), await record(2)];
    const working = courier();
    await working.round();
    ids.push(await record(3));
    await working.round();
    await working.round();
    expect(post.ids).toEqual(ids);
  });

  it('writes nothing when there is no alarm, but for the position now and then', async () => {
    const working = courier();
    await log.record({ type: 'service.started', policySha256: 'a'.repeat(64) });
    await working.round();
    expect(await book.find('pager')).toMatchObject({ position: 1 });
    expect(await leases.position('alarms broker.example/audit/test pager')).toBe(0);
  });

  it('goes on after a restart where it was', async () => {
    await record(1);
    await courier().round();
    const next = await record(2);
    await courier({}, 'another').round();
    expect(post.ids.at(-1)).toBe(next);
    expect(post.ids).toHaveLength(2);
  });

  it('delivers nothing while another replica is at it', async () => {
    await record(1);
    const lease = await leases.acquire('alarms broker.example/audit/test pager', 'another', minute);
    await courier().round();
    expect(post.ids).toEqual([]);
    if (lease !== undefined) await leases.release(lease);
    await courier().round();
    expect(post.ids).toHaveLength(1);
  });

  it('delivers only what the destination asks for', async () => {
    await record(1);
    await courier({ events: ['break-glass'] }).round();
    expect(post.ids).toEqual([]);
  });

  it('tries again later, the same alarm first', async () => {
    const [first, second] = [await record(1), await record(2)];
    post.answers.push(away, away);
    const working = courier();
    await working.round();
    await working.round();
    expect(post.ids).toEqual([first]);
    await memory.clock.advance(1_000);
    await working.round();
    await memory.clock.advance(1_999);
    await working.round();
    expect(post.ids).toEqual([first, first]);
    await memory.clock.advance(1);
    await working.round();
    expect(post.ids).toEqual([first, first, first, second]);
    expect(new Set(post.bodies.slice(0, 3)).size).toBe(1);
  });

  it('has on record once that a destination fails, and once that it recovered', async () => {
    await record(1);
    await record(2);
    post.answers.push(away, away, away, away, away);
    const working = courier({ events: ['policy-changed'] });
    await deliverAll(working, 2);
    expect(await typesRecorded()).toEqual([]);
    await deliverAll(working, 3);
    expect(await typesRecorded()).toEqual(['alarm.destination_failed']);
    await deliverAll(working, 2);
    expect(await typesRecorded()).toEqual(['alarm.destination_failed', 'alarm.destination_recovered']);
  });

  it('parks what a destination refuses, on record, and goes on', async () => {
    const [poison, next] = [await record(1), await record(2)];
    post.answers.push(...Array.from({ length: 8 }, () => refused));
    await deliverAll(courier({ events: ['policy-changed'] }), 8);
    expect(post.ids).toEqual([...Array.from({ length: 8 }, () => poison), next]);
    expect(await typesRecorded()).toEqual(['alarm.destination_failed', 'alarm.parked', 'alarm.destination_recovered']);
    expect(await book.parked()).toMatchObject([{ destination: 'pager', name: 'policy-changed', reason: 'http_422' }]);
  });

  it('keeps trying for a day when nobody is there, and then parks', async () => {
    await record(1);
    post.always = away;
    const began = memory.clock.now();
    const working = courier({ events: ['policy-changed'] });
    while ((await book.parked()).length === 0) await deliverAll(working, 1);
    expect(memory.clock.now() - began).toBeGreaterThanOrEqual(day);
    expect(memory.clock.now() - began).toBeLessThan(day + 60 * minute);
    expect(post.ids.length).toBeLessThan(50);
  });

  it('parks nothing while the log cannot say so', async () => {
    await record(1);
    post.answers.push({ kind: 'misconfigured', reason: 'gone' });
    const working = courier();
    const { onAppend } = memory.store;
    memory.store.onAppend = () => {
      throw new Error('disk full');
    };
    await expect(working.round()).rejects.toThrow();
    expect(await book.find('pager')).toMatchObject({ position: 1, parked: 0 });
    memory.store.onAppend = onAppend;
    await working.round();
    expect(post.ids).toHaveLength(2);
  });

  it('tells the others of a parked alarm, not the destination itself', async () => {
    await record(1);
    post.answers.push({ kind: 'misconfigured', reason: 'gone' });
    const working = courier();
    await working.round();
    await working.round();
    expect(post.ids).toHaveLength(1);
    await courier({ name: 'siem', events: ['alarm-parked', 'destination-failed'] }).round();
    expect(post.bodies.slice(1).map((body) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'com.interlock.alarm.destination-failed',
      'com.interlock.alarm.alarm-parked',
    ]);
  });

  it('comes to rest when two destinations refuse everything', async () => {
    await record(1);
    post.always = { kind: 'misconfigured', reason: 'gone' };
    const both = [courier(), courier({ name: 'siem' })];
    for (let rounds = 0; rounds < 10; rounds++) for (const one of both) await one.round();
    const size = log.size;
    for (const one of both) await one.round();
    expect(log.size).toBe(size);
    expect((await book.parked()).map(({ destination, name }) => `${destination} ${name}`)).toEqual([
      'pager policy-changed',
      'pager destination-failed',
      'pager alarm-parked',
      'siem policy-changed',
      'siem destination-failed',
      'siem alarm-parked',
    ]);
  });

  it('tries parked alarms once more when an operator says so, and keeps those that fail again', async () => {
    const [first, second] = [await record(1), await record(2)];
    const gone: Attempt = { kind: 'misconfigured', reason: 'gone' };
    post.answers.push(gone, gone);
    const working = courier({ events: ['policy-changed'] });
    await working.round();
    await book.tryAgain('pager');
    post.answers.push(gone);
    await working.round();
    expect(post.ids).toEqual([first, second, first, second]);
    expect(await book.parked()).toMatchObject([{ index: 1, reason: 'gone' }]);
    expect(working.standing.parked).toBe(1);
  });

  it('waits for a secret that cannot be read, and sends nothing unsigned', async () => {
    await record(1);
    rmSync(secretFile);
    const working = courier();
    await working.round();
    expect(post.ids).toEqual([]);
    expect(working.standing.attempts.troubled).toBe(1);
    writeFileSync(secretFile, `whsec_${Buffer.alloc(32, 9).toString('base64')}`);
    await deliverAll(working, 1);
    expect(post.ids).toHaveLength(1);
  });

  it('tells how far it lags behind', async () => {
    const working = courier();
    await working.round();
    expect([working.standing.lagEvents, working.standing.lagSeconds]).toEqual([0, 0]);
    await record(1);
    await record(2);
    post.always = away;
    await memory.clock.advance(5_000);
    await working.round();
    expect([working.standing.lagEvents, working.standing.lagSeconds]).toEqual([2, 5]);
  });
});
