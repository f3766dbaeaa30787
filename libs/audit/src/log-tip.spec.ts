import { MemoryLogStore, useMemoryLog } from '#testing';
import type { ServiceEvent } from './audit-event.ts';
import { AuditLog } from './audit-log.ts';
import { LogKey } from './log-key.ts';
import type { LogHead } from './log-store.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };

const on = useMemoryLog();
const { origin, open, headOf } = on;

function unavailable(code = 'audit_unavailable') {
  return expect.objectContaining({ code }) as Error;
}

describe('a log that went back', () => {
  async function grown(entries: number): Promise<{ log: AuditLog; head: LogHead }> {
    const log = await open();
    await Promise.all(Array.from({ length: entries - 1 }, () => log.record(started)));
    return { log, head: await headOf() };
  }

  it('is refused for good, even if it comes back', async () => {
    const { log, head } = await grown(5);
    await log.record(started);
    const newest = await headOf();
    on.store.restore(5, head);
    await expect(log.record(started)).rejects.toMatchObject({
      code: 'audit_unavailable',
      cause: { code: 'log_head_regressed' },
    });
    on.store.overwriteHead(newest);
    await expect(log.record(started)).rejects.toEqual(unavailable());
    await expect(log.ready()).rejects.toEqual(unavailable('log_head_regressed'));
  });

  it('is refused when it vanished', async () => {
    const { log } = await grown(3);
    on.store.overwriteHead(undefined);
    await expect(log.ready()).rejects.toEqual(unavailable('log_head_regressed'));
  });

  it('is refused when it has another root at the same size', async () => {
    const { log, head } = await grown(3);
    on.store.overwriteHead({ ...head, root: Buffer.alloc(32) });
    await expect(log.record(started)).rejects.toMatchObject({ cause: { code: 'log_head_regressed' } });
  });

  it.each([
    ['within a tile', 10, 20],
    ['across tiles', 300, 900],
    ['onto a full tile', 300, 512],
  ])('is refused when another replica grew it beyond what we saw, %s', async (_where, common, size) => {
    const { log, head } = await grown(common);
    await log.record(started);
    // The same history up to `common`, but not the entry that we saw committed after it.
    on.store.restore(common, head);
    const other = await open({ instance: 'two' });
    for (let left = size - common; left > 0; left -= 250) {
      await Promise.all(Array.from({ length: Math.min(left, 250) }, () => other.record(started)));
    }
    await expect(log.record(started)).rejects.toMatchObject({ cause: { code: 'log_head_regressed' } });
    await expect(log.ready()).rejects.toEqual(unavailable('log_head_regressed'));
  });

  it.each([
    ['within a tile', 10, 20],
    ['across tiles', 300, 900],
  ])('is not one that another replica extended, %s', async (_where, common, size) => {
    const { log } = await grown(common);
    const other = await open({ instance: 'two' });
    for (let left = size - common; left > 0; left -= 250) {
      await Promise.all(Array.from({ length: Math.min(left, 250) }, () => other.record(started)));
    }
    await log.ready();
    expect(log.checkpoint()).toBe(other.checkpoint());
    await expect(other.record(started)).resolves.toMatchObject({ index: size });
    await expect(log.record(started)).resolves.toMatchObject({ index: size + 1 });
  });

  it('is not one whose head was read before our own commit and arrived after it', async () => {
    const { log, head } = await grown(3);
    const { promise: arrives, resolve: arrive } = Promise.withResolvers<LogHead>();
    on.store.head = () => arrives;
    const ready = log.ready();
    await log.record(started);
    const checkpoint = log.checkpoint();
    arrive(head);
    await expect(ready).resolves.toBeUndefined();
    expect(log.checkpoint()).toBe(checkpoint);
    await expect(log.record(started)).resolves.toMatchObject({ index: 4 });
  });

  it('is refused when somebody without the key wrote to it', async () => {
    const { log } = await grown(3);
    const forger = LogKey.parse(origin, LogKey.generatePem());
    const elsewhere = new MemoryLogStore();
    const forged = await open({ store: elsewhere, key: forger });
    await Promise.all(Array.from({ length: 5 }, () => forged.record(started)));
    on.store.overwriteHead(await headOf(elsewhere));
    await expect(log.record(started)).rejects.toMatchObject({ cause: { code: 'log_key_mismatch' } });
  });
});
