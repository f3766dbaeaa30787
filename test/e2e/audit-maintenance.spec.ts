import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { openStore } from '#store';
import { FakeClock, someApplication, someRequest } from '#testing';
import { interlockHere, verifyHere } from '../support/commands-here.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import type { Verification } from '../support/verifier-process.ts';

const sanctioned = ['--reason', 'Request 17 of Ada Lovelace', '--approver', 'privacy office'];
const caller = (number: number) => `${someApplication(number).tenantId}/${someApplication(number).objectId}`;

let interlock: Interlock;
let vkey: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  await fill(interlock.environment());
});
afterAll(() => interlock.stop());

/** Denials of two callers in turn, older than a retention policy keeps them. */
async function fill(environment: Readonly<Record<string, string>>): Promise<void> {
  const { DATABASE_URL = '', INTERLOCK_LOG_ORIGIN: origin = '' } = environment;
  const { INTERLOCK_LOG_KEY_FILE = '', INTERLOCK_DISCLOSURE_KEY_FILE = '' } = environment;
  const clock = new FakeClock();
  const store = await openStore(DATABASE_URL, clock);
  const key = LogKey.parse(origin, readFileSync(INTERLOCK_LOG_KEY_FILE, 'utf8'));
  const disclosureKey = DisclosureKey.parse(readFileSync(INTERLOCK_DISCLOSURE_KEY_FILE, 'utf8'));
  const identity = { instance: 'filler', build: 'test' };
  const log = await AuditLog.open({ store: store.log(origin), clock, origin, key, disclosureKey, ...identity });
  const decision = { effect: 'deny', denyCode: 'no_matching_rule', policySha256: '0'.repeat(64), trace: [] } as const;
  const [type, status] = ['request.denied', 403] as const;
  for (let at = 1; at < 600; at += 1) {
    const request = someRequest({ receivedAt: clock.now() });
    await log.record({ type, status, request, caller: someApplication(1 + (at % 2)), decision });
  }
  vkey = key.vkey;
  await log.close();
  await store.close();
}

const audit = (args: readonly string[], changed: Readonly<Record<string, string>> = {}) =>
  interlockHere(['audit', ...args], interlock.environment(changed));

function verified(...options: readonly string[]): Promise<Verification> {
  return verifyHere('database', join(interlock.folder, 'interlock.db'), '--vkey', vkey, ...options);
}

// In this order, as one log goes through it.
describe('interlock audit', () => {
  it('tells what an erasure would take, and takes nothing', async () => {
    const { code, out } = await audit(['erase', '--subject', caller(1), '--dry-run']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^would erase 598 personal fields of [\w-]{22} in the entries 2, 4, 6, .* and \d+ more runs\n$/,
    );
    const fields = { disclosed: 0, erased: 0 };
    expect(await verified()).toMatchObject({ exitCode: 0, fields: { ...fields, sealed: 1198 } });
  });

  it('has the verifier open the fields when it is given the key, and refuses another key', async () => {
    const { INTERLOCK_DISCLOSURE_KEY_FILE: keyFile = '' } = interlock.environment();
    const fields = { disclosed: 1198, erased: 0, sealed: 0 };
    expect(await verified('--disclosure-key-file', keyFile)).toMatchObject({ exitCode: 0, fields });
    const another = join(interlock.folder, 'another-key');
    writeFileSync(another, DisclosureKey.generate());
    expect((await verified('--disclosure-key-file', another)).exitCode).toBe(2);
  });

  it('holds what a lawyer wants kept, until the hold is released', async () => {
    const placed = await audit(['hold', 'add', '--entries', '10-20', ...sanctioned]);
    const id = placed.out.trim();
    expect((await audit(['hold', 'list'])).out).toMatch(new RegExp(`^${id} \\S+ entries 10-20\\n$`));
    const refused = await audit(['erase', '--subject', caller(1), ...sanctioned]);
    expect(refused).toMatchObject({ code: 1, out: '', error: expect.stringContaining(id) });
    expect((await audit(['hold', 'release', id, ...sanctioned])).code).toBe(0);
    expect((await audit(['hold', 'list'])).out).toBe('');
  });

  it('erases one caller and no other, and the log verifies as before', async () => {
    const erased = await audit(['erase', '--subject', caller(1), ...sanctioned]);
    expect(erased).toMatchObject({ code: 0, error: '' });
    expect(erased.out).toMatch(/^erased 598 personal fields of /);
    const after = await verified();
    expect(after).toMatchObject({ exitCode: 0, fields: { disclosed: 0, erased: 598 } });
    expect(after.erasedEntries.slice(0, 3)).toEqual([
      [2, 2],
      [4, 4],
      [6, 6],
    ]);
    expect((await audit(['erase', '--subject', caller(1), ...sanctioned])).code).toBe(1);
  });

  it('prunes what a written policy lets go, into an archive', async () => {
    const policy = join(interlock.folder, 'retention.yaml');
    writeFileSync(policy, 'version: 1\nkeepDays: 30\napprover: records office\nlegalBasis: schedule 4\n');
    const archive = join(interlock.folder, 'archive');
    const prune = (below: string) => audit(['prune', '--below', below, '--policy', policy, '--archive', archive]);
    expect(await prune('100')).toMatchObject({ code: 1, error: expect.stringContaining('multiple of 256') });
    expect((await prune('256')).code).toBe(0);
    const after = await verified();
    expect(after).toMatchObject({ exitCode: 0, entries: { pruned: 256, missing: 0, mismatch: 0 } });
    expect(after.prunedEntries).toEqual([[0, 255]]);
    expect(readFileSync(join(archive, 'checkpoint'), 'utf8')).toContain('broker.example/audit/test\n');
    expect(readFileSync(join(archive, 'tile/entries/000'))).not.toContain('192.0.2.1');
  });

  it('changes the disclosure key, and a broker with the old one does not start', async () => {
    const next = join(interlock.folder, 'next-key');
    writeFileSync(next, DisclosureKey.generate());
    expect((await audit(['rewrap', '--new-key-file', next, ...sanctioned])).code).toBe(0);
    await expect(interlock.broker()).rejects.toThrow(/another disclosure key/);
    expect(await verified('--disclosure-key-file', next)).toMatchObject({ exitCode: 0, fields: { sealed: 0 } });

    const broker = await interlock.broker({ INTERLOCK_DISCLOSURE_KEY_FILE: next });
    const ask = async (path: string) => call(broker.url + path, { token: await interlock.reviewer() });
    expect(await ask('/log/tile/entries/000')).toMatchObject({ status: 410 });
    expect((await ask('/log/tile/0/000')).status).toBe(200);
    expect(await ask('/api/audit/events/3')).toMatchObject({ status: 410, data: { code: 'entry_pruned' } });
    expect((await ask('/api/audit/events/3/proof?size=600')).status).toBe(200);
    const kept = ['actor.oid', 'net.ip'];
    expect((await ask('/api/audit/events/301')).data).toMatchObject({ personal: { kept, erased: 0 } });
    expect((await ask('/api/audit/events/300')).data).toMatchObject({ personal: { kept: [], erased: 2 } });

    const refused = await audit(['hold', 'list'], { INTERLOCK_DISCLOSURE_KEY_FILE: next });
    expect(refused).toMatchObject({ code: 2, error: expect.stringContaining('SQLite serves one broker') });
    await broker.stop();
  });

  it('ends with 2 when it is not told why, or whom', async () => {
    expect((await audit(['erase', '--subject', caller(2)])).code).toBe(2);
    expect((await audit(['erase', '--subject', 'somebody', ...sanctioned])).code).toBe(2);
    expect((await audit(['hold', 'add', ...sanctioned])).code).toBe(2);
  });
});
