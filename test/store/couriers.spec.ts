import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmNames, type Attempt, WebhookPost } from '#alarms';
import type { AuditLog } from '#audit';
import { Courier } from '#operations';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { TestLog } from './audit-logs.ts';
import { databases, type TestDatabase } from './databases.ts';

/** Remembers what it was given, in the order in which it answered. */
class CountingPost extends WebhookPost {
  readonly ids: string[] = [];

  override async post(_to: unknown, headers: Readonly<Record<string, string>>): Promise<Attempt> {
    // Lets another courier in, if there is one.
    await new Promise(setImmediate);
    this.ids.push(headers['webhook-id'] ?? '');
    return { kind: 'delivered' };
  }
}

const folder = mkdtempSync(join(tmpdir(), 'interlock-couriers-'));
const secretFile = join(folder, 'secret');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(databases)('couriers of two replicas on %s', (name, start) => {
  const test = new TestLog('broker.example/audit/couriers');
  let database: TestDatabase;
  let stores: readonly Store[];
  let logs: readonly AuditLog[];

  beforeAll(async () => {
    writeFileSync(secretFile, `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    database = await start();
    const first = await openStore(database.url, test.clock);
    // SQLite is for one process, which may still have two couriers.
    stores = [first, name === 'SQLite' ? first : await openStore(database.url, new FakeClock())];
    logs = await Promise.all(stores.map((store, at) => test.open(store.log(test.origin), `replica-${at}`)));
  });
  afterAll(async () => {
    await Promise.all(logs.map((log) => log.close()));
    await Promise.all([...new Set(stores)].map((store) => store.close()));
    await database.stop();
  });

  it('deliver each alarm once, in order, whoever is quicker', async () => {
    const post = new CountingPost();
    const destination = {
      name: 'pager',
      url: 'https://receiver.example/',
      secretFiles: [secretFile],
      events: alarmNames,
      disclose: [],
      reach: 'public',
    } as const;
    await Promise.all(stores.map((store) => store.alarms(test.origin).begin('pager', 0)));
    const couriers = stores.map((store, at) => {
      const audit = logs[at] ?? never();
      const log = store.log(test.origin);
      const { leases } = store;
      const book = store.alarms(test.origin);
      const ports = { audit, log, book, leases, post, clock: test.clock, owner: `replica-${at}`, random: () => 0.5 };
      return new Courier(ports, destination);
    });
    const recorded: string[] = [];
    for (let batch = 0; batch < 5; batch++) {
      for (const log of logs) {
        const sha256 = String(batch).repeat(64);
        const event = { type: 'policy.changed', previousSha256: sha256, policySha256: sha256 } as const;
        recorded.push((await log.record(event)).eventId);
      }
      await Promise.all(couriers.map((courier) => courier.round()));
    }
    for (const courier of couriers) await courier.round();

    expect(post.ids).toEqual(recorded);
    expect(couriers.map(({ standing }) => standing.lagEvents)).toEqual([0, 0]);
  });
});

function never(): never {
  throw new Error('as many logs as stores');
}
