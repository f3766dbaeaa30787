import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FakeClock, MemoryRecorder } from '#testing';
import { type Logger, pino } from 'pino';
import { loadPolicyFile } from './policy-file.ts';
import { PolicyKeeper } from './policy-keeper.ts';
import { pollMillis, settleMillis, watchFolder } from './policy-watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-reload-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const policyText = (id: string) => `version: 1\nrules: [{ id: ${id}, effect: deny }]\n`;
const broken = 'version: 1\nrules: [{ id: secret-rule, effect: maybe }]\n';
const file = join(folder, 'policy.yaml');
const shadowFile = join(folder, 'shadow.yaml');

function setUp({ shadow = false } = {}) {
  writeFileSync(file, policyText('first'));
  rmSync(shadowFile, { force: true });
  const loading = loadPolicyFile(file);
  if (!loading.ok) throw new Error('the policy cannot be read');
  const audit = new MemoryRecorder();
  const kept: string[] = [];
  const archive = {
    keep: (document: Uint8Array) => {
      kept.push(Buffer.from(document).toString());
      return Promise.resolve();
    },
  };
  const clock = new FakeClock();
  const lines: string[] = [];
  const log: Logger = pino({ base: null }, { write: (line: string) => lines.push(line) });
  const changed: (() => void)[] = [];
  const closed: string[] = [];
  const keeper = new PolicyKeeper({
    loaded: loading.loaded,
    policyFile: file,
    ...(shadow && { shadowPolicyFile: shadowFile }),
    audit,
    archive,
    clock,
    log,
    watcher: (path, onChange) => {
      changed.push(onChange);
      return () => closed.push(path);
    },
  });
  const sha = () => keeper.live.current().sha256;
  return { audit, kept, clock, keeper, lines, changed, closed, sha };
}

/** Until the loops have come to wait. */
async function waiting(clock: FakeClock, count = 1): Promise<void> {
  while (clock.waiting < count) await setImmediate();
}

describe('the policy file', () => {
  it('comes into force when it changes, and only when the change is on record', async () => {
    const { audit, kept, keeper, sha, clock } = setUp();
    const before = sha();
    await clock.advance(1_000);
    writeFileSync(file, policyText('second'));
    audit.away = () => {
      expect(kept).toEqual([policyText('second')]);
      expect(sha()).toBe(before);
      return false;
    };
    await keeper.reload();

    expect(audit.events).toEqual([{ type: 'policy.changed', previousSha256: before, policySha256: sha() }]);
    expect(sha()).not.toBe(before);
    expect(keeper.live.since).toBe(clock.now());
    expect(keeper.check()).toEqual({ status: 'ok', detail: sha() });
  });

  it('leaves the policy before in force while the change cannot be recorded, and comes into force later', async () => {
    const { audit, keeper, sha } = setUp();
    const before = sha();
    writeFileSync(file, policyText('second'));
    audit.away = () => true;
    await keeper.reload();
    expect(sha()).toBe(before);
    expect(keeper.check()).toEqual({ status: 'warning', detail: `policy_unrecorded: ${before} stays in force` });

    audit.away = () => false;
    await keeper.reload();
    expect(sha()).not.toBe(before);
    expect(keeper.check().status).toBe('ok');
    expect(keeper.reloader.counts).toEqual({ changed: 1, rejected: 0, unrecorded: 1 });
  });

  it('that is broken leaves the policy before in force; readiness says so, and our log where', async () => {
    const { audit, keeper, sha, lines } = setUp();
    const before = sha();
    writeFileSync(file, broken);
    await keeper.reload();
    await keeper.reload();

    expect(sha()).toBe(before);
    expect(keeper.check()).toEqual({ status: 'warning', detail: `policy_rejected: ${before} stays in force` });
    expect(audit.events).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${file}:2:`);
    expect(keeper.reloader.counts).toEqual({ changed: 0, rejected: 1, unrecorded: 0 });

    writeFileSync(file, policyText('first'));
    await keeper.reload();
    expect(keeper.check()).toEqual({ status: 'ok', detail: before });
    expect(audit.events).toEqual([]);
  });

  it('that goes away leaves the policy in force too', async () => {
    const { keeper, sha, lines } = setUp();
    rmSync(file);
    await keeper.reload();
    expect(keeper.check()).toEqual({ status: 'warning', detail: `policy_rejected: ${sha()} stays in force` });
    expect(lines[0]).toContain('cannot be read');
  });

  it('is looked at once whoever writes it has come to an end', async () => {
    const { keeper, sha, clock, changed, closed } = setUp();
    const before = sha();
    const stopping = new AbortController();
    const ended = keeper.keepReloading(stopping.signal);
    await waiting(clock);
    writeFileSync(file, policyText('second'));
    changed[0]?.();
    await waiting(clock);
    await clock.advance(settleMillis - 1);
    changed[0]?.();
    expect(sha()).toBe(before);
    await clock.advance(1);
    await waiting(clock);
    expect(sha()).not.toBe(before);

    stopping.abort();
    await ended;
    expect(closed).toEqual([file]);
  });

  it('is looked at from time to time even when nobody tells of a change', async () => {
    const { keeper, sha, clock } = setUp();
    const before = sha();
    const stopping = new AbortController();
    const ended = keeper.keepReloading(stopping.signal);
    await waiting(clock);
    writeFileSync(file, policyText('second'));
    await clock.advance(pollMillis);
    await waiting(clock);
    expect(sha()).not.toBe(before);
    stopping.abort();
    await ended;
  });
});

describe('the shadow policy file', () => {
  it('comes on trial without a record of its own, and may be broken or not there at all', async () => {
    const { audit, keeper, sha } = setUp({ shadow: true });
    await keeper.reload();
    expect(keeper.shadowSha256).toBeUndefined();
    expect(keeper.check()).toEqual({
      status: 'warning',
      detail: `shadow_policy_rejected: only the shadow policy; ${sha()} is in force`,
    });

    writeFileSync(shadowFile, policyText('trial'));
    await keeper.reload();
    expect(keeper.shadowSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(keeper.check().status).toBe('ok');
    expect(audit.events).toEqual([]);
  });
});

describe('the watch on a folder', () => {
  it.each([
    [
      'the file is written',
      'plain',
      (place: string) => {
        writeFileSync(join(place, 'policy.yaml'), 'x');
      },
    ],
    [
      'another file takes its place',
      'editor',
      (place: string) => {
        writeFileSync(join(place, '.swap'), 'x');
        renameSync(join(place, '.swap'), join(place, 'policy.yaml'));
      },
    ],
    [
      'a config map is swapped',
      'kubernetes',
      (place: string) => {
        mkdirSync(join(place, '..2'));
        symlinkSync('..2', join(place, '..data_tmp'));
        renameSync(join(place, '..data_tmp'), join(place, '..data'));
      },
    ],
  ])('tells that %s', async (_, name, change) => {
    const place = join(folder, name);
    mkdirSync(place);
    const told = new Promise<void>((resolve) => {
      const stop = watchFolder(join(place, 'policy.yaml'), () => {
        stop();
        resolve();
      });
    });
    change(place);
    await told;
  });
});
