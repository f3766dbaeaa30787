import { setImmediate } from 'node:timers/promises';
import { MemoryAnchorStore, MemoryLeaseStore, useMemoryLog } from '#testing';
import type { Cosignature } from '#tlog';
import type { ServiceEvent } from '../audit-event.ts';
import type { AuditLog } from '../audit-log.ts';
import { Anchor, type Submission } from './anchor.ts';
import { AnchorError } from './anchor-error.ts';
import type { AnchorKind } from './anchor-event.ts';
import { Anchoring } from './anchoring.ts';
import { LogStanding } from './log-standing.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
const hour = 3_600_000;
const on = useMemoryLog();

class ScriptedAnchor extends Anchor {
  readonly pushes: { readonly size: number; readonly lastSize: number }[] = [];
  failure: AnchorError['code'] | undefined;
  cosignatures: readonly Cosignature[] = [];
  held: Promise<unknown> = Promise.resolve();

  constructor(
    override readonly name = 'dir:/worm',
    override readonly kind: AnchorKind = 'directory',
  ) {
    super();
  }

  override async push({ size }: Submission, lastSize: number): Promise<readonly Cosignature[]> {
    this.pushes.push({ size, lastSize });
    await this.held;
    if (this.failure !== undefined) throw new AnchorError(this.failure, 'no');
    return this.cosignatures;
  }
}

let log: AuditLog;
let store: MemoryAnchorStore;
let leases: MemoryLeaseStore;
let worm: ScriptedAnchor;
let troubles: unknown[];
beforeEach(async () => {
  log = await on.open();
  store = new MemoryAnchorStore();
  leases = new MemoryLeaseStore(on.clock);
  worm = new ScriptedAnchor();
  troubles = [];
});

function replica(owner = 'one', ...anchors: readonly Anchor[]): { anchoring: Anchoring; standing: LogStanding } {
  const all = anchors.length === 0 ? [worm] : anchors;
  const standing = new LogStanding(log, store, all, on.clock);
  const onTrouble = (error: unknown) => troubles.push(error);
  const parts = { log, standing, store, anchors: all, leases, owner, clock: on.clock, everyMillis: hour, onTrouble };
  return { anchoring: new Anchoring(parts), standing };
}

/** What the log says about anchors: code, size, reason. */
async function told(): Promise<readonly unknown[]> {
  const entries = await on.store.entries(0, Infinity);
  const anchored = entries.filter(({ columns }) => columns.type.startsWith('log.anchor'));
  return anchored.map(({ body }) => {
    const { code, anchor, outcome_reason } = JSON.parse(Buffer.from(body).toString()) as {
      code: string;
      anchor: { size?: number };
      outcome_reason?: string;
    };
    return [code, anchor.size ?? outcome_reason];
  });
}

async function grow(entries: number): Promise<void> {
  for (let left = entries; left > 0; left -= 250) {
    await Promise.all(Array.from({ length: Math.min(left, 250) }, () => log.record(started)));
  }
}

describe('anchoring', () => {
  it('begins at once, goes on by the hour, and records what was taken', async () => {
    const { anchoring } = replica();
    await anchoring.round();
    await anchoring.round();
    await on.clock.advance(hour - 1);
    await anchoring.round();
    expect(worm.pushes).toEqual([{ size: 1, lastSize: 0 }]);
    await on.clock.advance(1);
    await anchoring.round();
    expect(worm.pushes.slice(1)).toEqual([{ size: 2, lastSize: 1 }]);
    expect(await told()).toEqual([
      ['LOG03I', 1],
      ['LOG03I', 2],
    ]);
  });

  it('does not wait for its time once the log has grown by 4096 entries', async () => {
    // The log alone is stood in for: a real one of that size takes seconds to check.
    let size = 1;
    const grown = {
      origin: on.origin,
      latest: () => Promise.resolve({ size, checkpoint: `checkpoint ${size}` }),
      entry: () => log.entry(0),
      proveGrowth: () => Promise.reject(new Error('nobody asks')),
      record: log.record.bind(log),
    };
    const standing = new LogStanding(grown, store, [worm], on.clock);
    const onTrouble = (error: unknown) => troubles.push(error);
    const parts = { log: grown, standing, store, anchors: [worm], leases, owner: 'one', clock: on.clock };
    const anchoring = new Anchoring({ ...parts, everyMillis: hour, onTrouble });
    for (size of [1, 4096, 4097, 8192, 8193]) await anchoring.round();
    expect(worm.pushes.map((push) => push.size)).toEqual([1, 4097, 8193]);
  });

  it('is done by one replica, also when several find it due at once', async () => {
    const [one, two] = [replica('one'), replica('two')];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    worm.held = promise;
    const first = one.anchoring.round();
    await two.anchoring.round();
    resolve(undefined);
    await first;
    await two.anchoring.round();
    expect(worm.pushes).toHaveLength(1);
  });

  it('is done by another replica when the first one died over it', async () => {
    worm.held = new Promise(() => undefined);
    void replica('dead').anchoring.round();
    while (worm.pushes.length === 0) await setImmediate();
    const { anchoring } = replica('heir');
    await on.clock.advance(60_000);
    worm.held = Promise.resolve();
    await anchoring.round();
    expect(await told()).toEqual([['LOG03I', 1]]);
  });

  it('does not keep one anchor from another', async () => {
    const slow = new ScriptedAnchor('https://slow.example/', 'https');
    slow.failure = 'anchor_unreachable';
    await replica('one', slow, worm).anchoring.round();
    expect(await told()).toEqual(
      expect.arrayContaining([
        ['LOG03I', 1],
        ['LOG04E', 'anchor_unreachable'],
      ]),
    );
  });

  it('goes on when the clock was set back', async () => {
    const { anchoring } = replica();
    await store.save({
      name: worm.name,
      kind: 'directory',
      size: 0,
      anchoredAt: (on.clock.now() + 24 * hour) as never,
    });
    await anchoring.round();
    expect(worm.pushes).toHaveLength(1);
  });
});

describe('an anchor that fails', () => {
  it('is tried again, ever later, and told once per kind of failure', async () => {
    const { anchoring } = replica();
    worm.failure = 'anchor_unreachable';
    await anchoring.round();
    await anchoring.round();
    expect(worm.pushes).toHaveLength(1);
    for (let tried = 0; tried < 50; tried += 1) {
      await on.clock.advance(60_000);
      await anchoring.round();
    }
    expect(worm.pushes.length).toBeGreaterThan(3);
    expect(worm.pushes.length).toBeLessThan(40);
    expect(troubles).toHaveLength(worm.pushes.length);
    expect(await told()).toEqual([['LOG04E', 'anchor_unreachable']]);
    worm.failure = 'anchor_refused';
    await on.clock.advance(hour);
    await anchoring.round();
    expect(await told()).toHaveLength(2);
  });

  it('is told once by all replicas and starts together', async () => {
    worm.failure = 'anchor_unreachable';
    await replica('one').anchoring.round();
    await replica('two').anchoring.round();
    await replica('one again').anchoring.round();
    expect(worm.pushes).toHaveLength(3);
    expect(await told()).toHaveLength(1);
  });

  it('is well again with the next success, and its next failure is news', async () => {
    const { anchoring } = replica();
    for (const failure of ['anchor_unreachable', undefined, 'anchor_unreachable'] as const) {
      worm.failure = failure;
      await on.clock.advance(2 * hour);
      await anchoring.round();
    }
    expect((await told()).map((event) => (event as string[])[0])).toEqual(['LOG04E', 'LOG03I', 'LOG04E']);
    expect(await store.states()).toMatchObject([{ size: 2, failure: 'anchor_unreachable' }]);
  });

  it('does not take the store’s own trouble for its failure', async () => {
    store.save = () => Promise.reject(new Error('disk full'));
    await expect(replica().anchoring.round()).rejects.toThrow('disk full');
    expect(troubles).toEqual([]);
  });
});

describe('the loop', () => {
  it('outlives a failing round and ends with its signal', async () => {
    const { anchoring } = replica();
    const stopping = new AbortController();
    on.store.readFault = new Error('down');
    const ended = anchoring.keepAnchoring(stopping.signal);
    while (on.clock.waiting === 0) await setImmediate();
    expect(troubles).toHaveLength(1);
    on.store.readFault = undefined;
    await on.clock.advance(30_000);
    while (on.clock.waiting === 0) await setImmediate();
    expect(worm.pushes).toHaveLength(1);
    stopping.abort();
    await ended;
  });
});

describe('before anything is written', () => {
  const witness = () => new ScriptedAnchor('w.example/1', 'witness');

  it.each(['anchor_ahead', 'anchor_conflict'] as const)('%s of a witness stops the start', async (failure) => {
    const contradicting = witness();
    contradicting.failure = failure;
    await expect(replica('one', worm, contradicting).anchoring.assertWitnessed()).rejects.toMatchObject({
      code: 'log_head_regressed',
      message: expect.stringMatching(/log succeed.*docs\/operations\.md/) as string,
    });
    expect(await told()).toEqual([]);
  });

  it('a witness that cannot be asked stops nothing, and other anchors are not asked', async () => {
    const away = witness();
    away.failure = 'anchor_unreachable';
    await replica('one', worm, away).anchoring.assertWitnessed();
    expect(worm.pushes).toEqual([]);
    expect(await told()).toEqual([['LOG04E', 'anchor_unreachable']]);
  });
});

describe('how the log stands', () => {
  it('is "tamper-detecting" until an anchor took a checkpoint, and "tamper-evident" up to its size after', async () => {
    const { anchoring, standing } = replica();
    expect(standing.lately()).toBeUndefined();
    expect((await standing.now()).protection).toEqual({ kind: 'tamper-detecting' });
    await grow(3);
    worm.failure = 'anchor_refused';
    await anchoring.round();
    expect(standing.lately()?.protection).toEqual({ kind: 'tamper-detecting' });
    worm.failure = undefined;
    await on.clock.advance(hour);
    await anchoring.round();
    await grow(2);
    expect(await standing.now()).toMatchObject({ size: 8, protection: { kind: 'tamper-evident', size: 5 } });
  });

  it('tells anchors that took nothing yet, and those that are no longer asked', async () => {
    await store.save({ name: 'dir:/old', kind: 'directory', size: 7, anchoredAt: on.clock.now() });
    const { anchors } = await replica().standing.now();
    expect(anchors.map(({ name, size }) => [name, size])).toEqual([
      ['dir:/old', 7],
      ['dir:/worm', 0],
    ]);
  });

  it('is told as unavailable when the store fails, not as an error of ours', async () => {
    const { standing } = replica();
    store.states = () => Promise.reject(new Error('down'));
    await expect(standing.now()).rejects.toMatchObject({ code: 'audit_unavailable' });
    store.witnessed = () => Promise.reject(new Error('down'));
    await expect(standing.witnessed()).rejects.toMatchObject({ code: 'audit_unavailable' });
  });

  it('keeps what witnesses signed', async () => {
    const line = '— w.example/1 AAAAAAA=\n';
    const cosigning = new ScriptedAnchor('w.example/1', 'witness');
    cosigning.cosignatures = [{ name: 'w.example/1', keyId: '00000000', time: 1, line }];
    const checkpoint = log.checkpoint();
    const { anchoring, standing } = replica('one', cosigning);
    await anchoring.round();
    expect(await standing.witnessed()).toBe(checkpoint + line);
  });
});
