import fc from 'fast-check';
import type { AppendCondition, LeafColumns, LogStore, NewEntry } from '#audit';
import { checkLog } from './check-log.ts';
import { NaiveLog } from './naive-log.ts';
import { someField, someSubject } from './some-subject.ts';

const origin = 'broker.example/audit/contract';

/** Registers the tests that every {@link LogStore} must pass. `open` gives a new, empty log each time. */
export function logStoreContract(name: string, open: () => Promise<LogStore>): void {
  describe(`${name} as a LogStore`, () => {
    let store: LogStore;
    let log: NaiveLog;

    beforeEach(async () => {
      store = await open();
      log = new NaiveLog(store, origin);
    });

    appending(
      () => store,
      () => log,
    );
    failing(
      () => store,
      () => log,
    );
    keeping(
      () => store,
      () => log,
    );
    conditional(
      () => store,
      () => log,
    );
    naming(() => store);
    finding(
      () => store,
      () => log,
    );
  });
}

function appending(store: () => LogStore, log: () => NaiveLog): void {
  it('is empty before the first append', async () => {
    expect(await store().head()).toBeUndefined();
    expect(await store().entries(0, 10)).toEqual([]);
    expect(await store().tile(0, 0)).toBeUndefined();
    expect(await store().disclosures(0)).toEqual([]);
    expect(await store().indexOf(log().entry().eventId)).toBeUndefined();
  });

  it('hands each integration the head that the one before committed', async () => {
    const seen: unknown[] = [];
    const append = () =>
      store().append((head) => {
        seen.push(head);
        return log().integrate(head, [log().entry()]);
      });
    const first = await append();
    const second = await append();
    expect(seen).toEqual([undefined, first]);
    const stored = await store().head();
    expect(stored).toEqual(second);
    for (const bytes of [stored?.root, ...(stored?.edge ?? [])]) expect(bytes?.constructor).toBe(Uint8Array);
  });

  it('stays derivable from its bytes across tile borders', async () => {
    let size = 0;
    for (const batch of [1, 2, 252, 1, 1, 300]) {
      size += batch;
      expect((await log().grow(batch)).size).toBe(size);
      expect(await checkLog(store())).toHaveLength(size);
    }
    expect(await store().tile(0, 1)).toHaveLength(8192);
    expect(await store().tile(0, 2)).toBeUndefined();
  });

  it('puts simultaneous appends into one order without gaps', async () => {
    const entries = Array.from({ length: 20 }, () => log().entry());
    const heads = await Promise.all(entries.map((entry) => log().append(entry)));
    expect(heads.map(({ size }) => size).sort((a, b) => a - b)).toEqual(entries.map((_, index) => index + 1));
    const stored = await checkLog(store());
    expect(new Set(stored.map(({ eventId }) => eventId))).toEqual(new Set(entries.map(({ eventId }) => eventId)));
    // The head that an append resolves with is the one that holds its entry.
    for (const [at, { eventId }] of entries.entries())
      expect(await store().indexOf(eventId)).toBe((heads[at]?.size ?? 0) - 1);
  });
}

function failing(store: () => LogStore, log: () => NaiveLog): void {
  it('passes on what an integration throws and keeps nothing of it', async () => {
    const fault = new Error('fault');
    const failingAppend = () =>
      store().append(() => {
        throw fault;
      });
    await expect(failingAppend()).rejects.toBe(fault);
    expect(await store().head()).toBeUndefined();
    const head = await log().grow(3);
    await expect(failingAppend()).rejects.toBe(fault);
    expect(await store().head()).toEqual(head);
    await log().grow(1);
    expect(await checkLog(store())).toHaveLength(4);
  });

  it('refuses an event id that it has already, with everything appended along with it', async () => {
    const twice = log().entry();
    const head = await log().append(twice);
    const bystander = log().entry();
    await expect(log().append(bystander, { ...log().entry(), eventId: twice.eventId })).rejects.toThrow();
    await expect(log().append(bystander, bystander)).rejects.toThrow();
    expect(await store().indexOf(bystander.eventId)).toBeUndefined();
    expect(await store().head()).toEqual(head);
    await log().append(bystander);
    expect(await checkLog(store())).toHaveLength(2);
  });
}

function keeping(store: () => LogStore, log: () => NaiveLog): void {
  it('gives back bodies byte for byte, copies of their own', async () => {
    const entry = log().entry();
    const wanted = Buffer.from(entry.body).toString();
    await log().append(entry);
    entry.body.fill(0);
    const [stored] = await checkLog(store());
    expect(Buffer.from(stored?.body ?? []).toString()).toBe(wanted);
    expect(stored?.body.constructor).toBe(Uint8Array);
  });

  it('gives entries of a half-open range in order', async () => {
    await log().grow(5);
    const indexes = async (from: number, to: number) => (await store().entries(from, to)).map(({ index }) => index);
    expect(await indexes(1, 4)).toEqual([1, 2, 3]);
    expect(await indexes(3, 100)).toEqual([3, 4]);
    expect(await indexes(2, 2)).toEqual([]);
    expect(await indexes(5, 9)).toEqual([]);
  });

  it('keeps every copied column, and absent ones absent', async () => {
    const all: Required<LeafColumns> = {
      type: 'pause.outcome',
      time: '2026-01-05T09:00:00.123Z',
      parent: '01890000-0000-7000-8000-0000000000ff' as NewEntry['eventId'],
      actor: 'a',
      application: 'b',
      action: 'pause',
      servicePrincipalId: 'c',
      jobId: 'd',
      decision: 'allow',
      outcome: 'success',
      rule: 'e',
      ticket: 'f',
      requestId: 'g',
      clientRequestId: 'h',
    };
    const few: LeafColumns = { type: 'log.created', time: '2026-01-05T09:00:00.000Z' };
    await log().append(log().entry({ columns: all }), log().entry({ columns: few }));
    expect((await store().entries(0, 2)).map(({ columns }) => columns)).toEqual([all, few]);
    const { type, time, parent, outcome, servicePrincipalId, jobId } = all;
    expect(await store().summaries(0, 2)).toMatchObject([
      { index: 0, type, time, parent, outcome, servicePrincipalId, jobId },
      { index: 1, ...few },
    ]);
    expect(await store().summaries(1, 2)).toHaveLength(1);
  });

  it('keeps texts as they are, whatever they mean to a database', async () => {
    const traps = fc.constantFrom(
      '',
      'NULL',
      '{}',
      '{a,b}',
      '"',
      '\\',
      "'; drop table x; --",
      '\\x00',
      '\n\t',
      '\u202e',
      '😀',
    );
    const text = fc.oneof(
      traps,
      fc.string({ unit: 'binary' }).filter((made) => !made.includes('\0') && made.isWellFormed()),
    );
    const columns = fc.record({ type: text, time: text, rule: text, ticket: text }, { requiredKeys: ['type', 'time'] });
    await fc.assert(
      fc.asyncProperty(fc.array(columns, { minLength: 1, maxLength: 20 }), async (wanted) => {
        const { size } = await log().append(...wanted.map((some) => log().entry({ columns: some })));
        const stored = await store().entries(size - wanted.length, size);
        expect(stored.map((entry) => ({ ...entry.columns }))).toEqual(wanted.map((some) => ({ ...some })));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps sealed fields beside their entry, in order', async () => {
    const { ref } = await someSubject(store());
    const disclosures = [someField(ref, 'net.ip'), someField(ref, 'actor.oid'), someField(ref, 'reason')];
    await log().append(log().entry(), log().entry({ disclosures }), log().entry());
    expect(await store().disclosures(0)).toEqual([]);
    expect(await store().disclosures(1)).toEqual(disclosures);
    expect(await checkLog(store())).toHaveLength(3);
  });

  it('refuses fields of a subject that has no key, with everything appended along with them', async () => {
    const { ref } = await someSubject(store());
    const entry = log().entry({ disclosures: [someField(ref), someField('nobody')] });
    await expect(log().append(log().entry(), entry)).rejects.toMatchObject({ name: 'SubjectErased' });
    expect(await store().head()).toBeUndefined();
    expect(await store().disclosures(1)).toEqual([]);
  });

  it('keeps all entries until some are pruned', async () => {
    expect(await store().minIndex()).toBe(0);
    await log().grow(1);
    expect(await store().minIndex()).toBe(0);
  });
}

function conditional(store: () => LogStore, log: () => NaiveLog): void {
  const step = (type: string, parent: NewEntry['eventId'], outcome: string) =>
    log().entry({ columns: { type, parent, outcome, time: '2026-01-05T09:00:00.000Z' } });
  const appendIf = (condition: AppendCondition) =>
    store().append((head) => log().integrate(head, [log().entry()]), condition);

  it.each([
    ['pause.outcome', 'success'],
    ['pause.outcome', 'failure'],
    ['read.reconciled', 'inconclusive'],
  ])('refuses to settle an intent that %s (%s) has settled', async (type, outcome) => {
    const intent = log().entry();
    await log().append(intent, step(type, intent.eventId, outcome));
    await expect(appendIf({ unsettled: intent.eventId })).rejects.toMatchObject({
      name: 'ConditionFailed',
      reason: 'already_settled',
    });
    expect(await checkLog(store())).toHaveLength(2);
  });

  it('settles an intent whose outcome is unknown or another’s', async () => {
    const [intent, other] = [log().entry(), log().entry()];
    await log().append(intent, other);
    await log().append(
      step('pause.outcome', other.eventId, 'success'),
      step('pause.outcome', intent.eventId, 'unknown'),
    );
    await log().append(step('read.intent', intent.eventId, 'success'));
    expect(await appendIf({ unsettled: intent.eventId })).toMatchObject({ size: 6 });
    expect(await checkLog(store())).toHaveLength(6);
  });

  it('refuses everything under a lease that nobody holds', async () => {
    const intent = log().entry();
    await log().append(intent);
    const append = appendIf({ unsettled: intent.eventId, lease: { name: 'nobody’s', fence: 1 } });
    await expect(append).rejects.toMatchObject({ name: 'ConditionFailed', reason: 'lease_lost' });
  });
}

function naming(store: () => LogStore): void {
  it('gives a subject one pseudonym and key for good and each subject another', async () => {
    const first = await someSubject(store());
    expect(await someSubject(store())).toEqual(first);
    expect(await store().dataKey(first.ref)).toEqual(first.wrapped);
    const others = [await someSubject(store(), 'other'), await someSubject(store(), 'object', 'other')];
    expect(new Set([first, ...others].map(({ ref }) => ref)).size).toBe(3);
    expect(new Set([first, ...others].map(({ wrapped }) => Buffer.from(wrapped.content).toString('hex'))).size).toBe(3);
    expect(await store().dataKey('nobody')).toBeUndefined();
  });

  it('agrees on one pseudonym and key when a subject is first seen by many at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => someSubject(store(), 'newcomer')));
    for (const subject of made) expect(subject).toEqual(made[0]);
  });

  it('remembers the first disclosure key and no other', async () => {
    const first = await store().disclosureKeyId('one');
    expect(await store().disclosureKeyId('two')).toBe(first);
  });
}

function finding(store: () => LogStore, log: () => NaiveLog): void {
  it('finds checkpoint and entries for good only when told to keep them, in the transaction of the entries', async () => {
    await log().grow(2);
    const entries = [log().entry(), log().entry()];
    const { checkpoint } = await store().append((head) => ({ ...log().integrate(head, entries), keep: true }));
    await log().grow(2);
    const refused = store().append((head) => {
      const integration = log().integrate(head, [log().entry()]);
      return { ...integration, keep: true, entries: [...integration.entries, ...integration.entries] };
    });

    await expect(refused).rejects.toThrow();
    expect(await store().kept(4)).toBe(checkpoint);
    for (const size of [0, 2, 3, 5, 6, 7]) expect(await store().kept(size)).toBeUndefined();
    const kept = await store().keptEntries();
    expect(kept).toEqual(entries.map(({ body }, at) => ({ index: 2 + at, body })));
    for (const { body } of kept) expect(body.constructor).toBe(Uint8Array);
  });
}
