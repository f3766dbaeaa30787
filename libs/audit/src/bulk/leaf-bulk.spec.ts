import { hash } from 'node:crypto';
import { type EpochMillis, type EventId, parseJobRef } from '#kernel';
import { someApplication, someRequest, useMemoryLog } from '#testing';
import { newEventId } from '../event-id.ts';
import type { StoredEntry } from '../log-store.ts';
import type { BulkStarted } from './bulk-event.ts';
import { recordedAsker } from './recorded-bulk.ts';

const memory = useMemoryLog();
const principal = 'd0000000-0000-4000-8000-000000000001';
const caller = someApplication();
const request = someRequest({
  clientRequestId: 'theirs',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  forwarded: ['192.0.2.9'],
  userAgent: 'a client',
  tls: 'TLSv1.3',
});
const justification = { reason: 'because it must be', ticket: 'CHG1', until: 60_000 as EpochMillis };

const started = (count: number, parts: Partial<BulkStarted> = {}): BulkStarted => ({
  type: 'bulk.started',
  id: newEventId(memory.clock.now(), (size) => new Uint8Array(size)),
  request,
  caller,
  action: 'pause',
  justification,
  selector: { kind: 'tag', tag: 'hr' },
  jobs: Array.from({ length: count }, (_, at) => parseJobRef(principal, `job-${at}`)),
  ...parts,
});
const leafOf = ({ body }: StoredEntry) => JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;

describe('the beginning of a bulk operation in the log', () => {
  it('stands under its own id, and names selector and jobs', async () => {
    const log = await memory.open();
    const event = started(2);
    const { eventId, index } = await log.record(event);

    expect(eventId).toBe(event.id);
    expect(leafOf(await log.entry(index))).toMatchObject({
      id: event.id,
      code: 'BLK01I',
      actor: { kind: 'application', app_id: caller.clientId },
      action: 'pause',
      ticket: { id: 'CHG1' },
      bulk: {
        tag: 'hr',
        count: 2,
        jobs: [`${principal}/job-0`, `${principal}/job-1`],
        jobs_sha256: hash('sha256', `${principal}/job-0\n${principal}/job-1\n`),
      },
    });
  });

  it('commits to all jobs where it cannot list them', async () => {
    const log = await memory.open();
    const leaf = leafOf(await log.entry((await log.record(started(500))).index));
    const all = Array.from({ length: 500 }, (_, at) => `${principal}/job-${at}\n`).join('');

    expect(leaf).toMatchObject({ truncated: true, bulk: { count: 500, jobs_sha256: hash('sha256', all) } });
    expect((leaf['bulk'] as { readonly jobs: unknown[] }).jobs).toHaveLength(32);
  });

  it('gives back who asked, from where and why', async () => {
    const log = await memory.open();
    const entry = await log.entry((await log.record(started(1))).index);

    expect(recordedAsker(entry, await log.disclosedValues(entry))).toEqual({ request, caller, justification });
  });

  it('gives back nothing personal once that is erased', async () => {
    const log = await memory.open();
    const entry = await log.entry((await log.record(started(1))).index);
    const asker = recordedAsker(entry, {});

    expect(asker.justification).toEqual({ ticket: 'CHG1', until: 60_000 });
    expect(asker.caller).toMatchObject({ clientId: caller.clientId, objectId: expect.stringMatching(/^[0-]+$/) });
    expect(asker.request).not.toHaveProperty('userAgent');
    expect(Buffer.from(entry.body).toString()).not.toContain('because it must be');
  });
});

describe('the end of a bulk operation in the log', () => {
  const results = { done: 1, denied: 0, failed: 0, unknown: 0, waiting: 0 };
  it.each([
    ['BLK02I', results],
    ['BLK02W', { ...results, denied: 1 }],
    ['BLK02W', { ...results, waiting: 1 }],
    ['BLK02E', { ...results, failed: 1, unknown: 1 }],
  ])('has the code %s for %j', async (code, counted) => {
    const log = await memory.open();
    const parent = 'parent' as EventId;
    const leaf = leafOf(await log.entry((await log.record({ type: 'bulk.ended', parent, results: counted })).index));

    expect(leaf).toMatchObject({ code, parent, actor: { kind: 'system' }, bulk: { results: counted } });
  });
});
