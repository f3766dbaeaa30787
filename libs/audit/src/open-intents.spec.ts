import fc from 'fast-check';
import type { EpochMillis, EventId } from '#kernel';
import type { EntrySummary } from './log-store.ts';
import { OpenIntents } from './open-intents.ts';

const time = '2026-01-05T09:00:00.000Z';

/** A log of summaries alone, which counts how often an entry is read. */
class SummaryLog {
  readonly entries: EntrySummary[] = [];
  reads = 0;

  add(parts: Pick<EntrySummary, 'type'> & Partial<EntrySummary>): EventId {
    const index = this.entries.length;
    const eventId = `event-${index}` as EventId;
    this.entries.push({ index, eventId, time, ...parts });
    return eventId;
  }

  head = () => Promise.resolve({ size: this.entries.length, edge: [], root: new Uint8Array(), checkpoint: '' });

  summaries = (from: number, to: number) => {
    const page = this.entries.slice(from, to);
    this.reads += page.length;
    return Promise.resolve(page);
  };
}

const hr = { servicePrincipalId: 'sp', jobId: 'hr' };

describe('open intents', () => {
  let log: SummaryLog;
  let open: OpenIntents;
  const states = async () => {
    await open.catchUp();
    return open.all.map(({ index, state }) => [index, state]);
  };
  beforeEach(() => {
    log = new SummaryLog();
    open = new OpenIntents(log, 0);
  });

  it('are those without outcome, those whose outcome is unknown, and no others', async () => {
    const types = ['success', 'failure', 'unknown', undefined] as const;
    const intents = types.map(() => log.add({ type: 'pause.intent', ...hr }));
    log.add({ type: 'request.denied' });
    for (const [at, outcome] of types.entries())
      if (outcome !== undefined) log.add({ type: 'pause.outcome', parent: intents[at]!, outcome });

    expect(await states()).toEqual([
      [2, 'unknown'],
      [3, 'in_flight'],
    ]);
  });

  it('are closed by a reconciliation, and by an outcome that comes after an unknown one', async () => {
    const [one, two] = [log.add({ type: 'pause.intent', ...hr }), log.add({ type: 'start.intent', ...hr })];
    for (const parent of [one, two]) log.add({ type: 'pause.outcome', parent, outcome: 'unknown' });
    expect(await states()).toHaveLength(2);
    log.add({ type: 'pause.reconciled', parent: one, outcome: 'applied' });
    log.add({ type: 'start.outcome', parent: two, outcome: 'failure' });

    expect(await states()).toEqual([]);
  });

  it('are not closed by a read that is made for them', async () => {
    const parent = log.add({ type: 'pause.intent', ...hr });
    const read = log.add({ type: 'read.intent', parent, ...hr });
    log.add({ type: 'read.outcome', parent: read, outcome: 'success' });

    expect(await states()).toEqual([[0, 'in_flight']]);
  });

  it('are overtaken by a later change of the same job, not by a read or another job’s', async () => {
    for (const type of ['pause.intent', 'read.intent']) log.add({ type, ...hr });
    log.add({ type: 'pause.intent', servicePrincipalId: 'sp', jobId: 'other' });
    await open.catchUp();
    expect(open.all.map(({ overtaken }) => overtaken)).toEqual([false, false, false]);
    const later = log.add({ type: 'start.intent', ...hr });
    log.add({ type: 'start.outcome', parent: later, outcome: 'success' });
    await open.catchUp();

    expect(open.all.map(({ overtaken }) => overtaken)).toEqual([true, false, false]);
  });

  it('are overtaken by the end of another change that began before them', async () => {
    const parent = log.add({ type: 'pause.intent', ...hr });
    log.add({ type: 'pause.intent', ...hr });
    log.add({ type: 'pause.outcome', parent, outcome: 'success', ...hr });
    // As after a restart, when the other's intent is not read any more.
    open = new OpenIntents(log, 1);
    await open.catchUp();

    expect(open.all).toMatchObject([{ index: 1, overtaken: true }]);
  });

  it('are not overtaken by their own outcome, nor by a change that failed', async () => {
    const other = log.add({ type: 'pause.intent', ...hr });
    log.add({ type: 'pause.outcome', parent: other, outcome: 'failure', ...hr });
    const parent = log.add({ type: 'pause.intent', ...hr });
    log.add({ type: 'pause.outcome', parent, outcome: 'unknown', ...hr });
    await open.catchUp();

    expect(open.all).toMatchObject([{ index: 2, overtaken: false }]);
  });

  it('are overtaken, both, when they were open at the same time', async () => {
    log.add({ type: 'pause.intent', ...hr });
    log.add({ type: 'start.intent', ...hr });
    await open.catchUp();

    expect(open.all.map(({ overtaken }) => overtaken)).toEqual([true, true]);
  });

  it('know whether another change ended after a given time but before them, however far back', async () => {
    const at = (seconds: number) => new Date(Date.parse(time) + seconds * 1_000).toISOString();
    const ended = (seconds: number, outcome: string, jobId = 'hr') =>
      log.add({ type: 'pause.outcome', outcome, time: at(seconds), servicePrincipalId: 'sp', jobId });
    const changedSince = async (seconds: number) => {
      log.add({ type: 'pause.intent', ...hr, time: at(100) });
      await open.catchUp();
      return open.changedBefore(open.all.at(-1)!, (Date.parse(time) + seconds * 1_000) as EpochMillis);
    };
    ended(80, 'success');
    ended(95, 'failure');
    ended(95, 'success', 'other');
    for (let filler = 0; filler < 700; filler++) log.add({ type: 'read.outcome', outcome: 'success', time: at(96) });

    expect(await changedSince(80)).toBe(true);
    expect(await changedSince(90)).toBe(false);
  });

  it('are read once however often they are asked for, and by simultaneous callers together', async () => {
    for (let at = 0; at < 1_200; at++) log.add({ type: 'pause.intent', ...hr, jobId: `job-${at}` });
    await Promise.all([open.catchUp(), open.catchUp(), open.catchUp()]);
    await open.catchUp();

    expect(open.all).toHaveLength(1_200);
    expect(log.reads).toBe(1_200);
  });

  it('are found from the saved position as from the beginning, whatever the log', async () => {
    const step = fc.constantFrom('intent', 'success', 'unknown', 'reconciled');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 40 }), fc.nat(40), async (steps, split) => {
        const written = new SummaryLog();
        const earlier = new OpenIntents(written, 0);
        for (const [at, [kind, of]] of steps.entries()) {
          if (at === split) await earlier.catchUp();
          const parent = `event-${of}` as EventId;
          if (kind === 'intent') written.add({ type: 'pause.intent', ...hr });
          else if (kind === 'reconciled') written.add({ type: 'pause.reconciled', parent, outcome: 'applied', ...hr });
          else written.add({ type: 'pause.outcome', parent, outcome: kind, ...hr });
        }
        const [whole, resumed] = [new OpenIntents(written, 0), new OpenIntents(written, earlier.position)];
        await Promise.all([whole.catchUp(), resumed.catchUp()]);
        expect(resumed.all).toEqual(whole.all);
      }),
    );
  });
});
