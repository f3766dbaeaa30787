import type { BulkOperation, BulkProgress, BulkStore } from '#audit';
import { type EpochMillis, type EventId, parseJobRef } from '#kernel';

/** A bulk store to be tested, of a log that has an entry. */
export interface BulkStoreUnderTest {
  readonly store: BulkStore;
  /** The same log on another connection. */
  readonly other: BulkStore;
  /** One of another log in the same database. */
  readonly stranger: BulkStore;
}

let ids = 0;
const newId = (): EventId => `018f0000-0000-7000-8000-${String(++ids).padStart(12, '0')}` as EventId;
const ref = (at: number) => parseJobRef('d0000000-0000-4000-8000-000000000001', `job-${at}`);
const intent = newId();

/** Registers the tests that every {@link BulkStore} must pass. `open` is asked once. */
export function bulkStoreContract(name: string, open: () => Promise<BulkStoreUnderTest>): void {
  describe(`${name} as a BulkStore`, () => {
    let tested: BulkStoreUnderTest;
    let store: BulkStore;
    let id: EventId;

    beforeAll(async () => {
      tested = await open();
      store = tested.store;
    });
    beforeEach(async () => {
      id = newId();
      await store.create({ id, action: 'pause', owner: 'somebody' }, [{ job: ref(1), alias: 'one' }, { job: ref(2) }]);
    });
    afterEach(async () => {
      await store.discard(id);
      await store.end(id, 1 as EpochMillis);
    });
    const states = async () => (await tested.other.items(id)).map(({ progress }) => progress);
    const unended = async (of = tested.other) => (await of.unended(100)).map((one: BulkOperation) => one.id);

    it('keeps an operation with its items in order, waiting, for all who see the log', async () => {
      expect(await tested.other.find(id)).toEqual({ id, action: 'pause', owner: 'somebody' });
      expect(await tested.other.items(id)).toEqual([
        { position: 0, job: ref(1), alias: 'one', progress: { state: 'waiting' } },
        { position: 1, job: ref(2), progress: { state: 'waiting' } },
      ]);
      expect([await tested.stranger.find(id), await tested.stranger.items(id)]).toEqual([undefined, []]);
      expect(await unended(tested.stranger)).toEqual([]);
    });

    it('keeps as many items as an operation may have', async () => {
      const big = newId();
      const jobs = Array.from({ length: 500 }, (_, at) => ({ job: ref(at) }));
      await store.create({ id: big, action: 'start', owner: 'somebody' }, jobs);
      expect((await store.items(big)).map(({ job }) => ({ job }))).toEqual(jobs);
      await store.discard(big);
    });

    it('keeps none of it twice', async () => {
      await expect(store.create({ id, action: 'start', owner: 'other' }, [{ job: ref(3) }])).rejects.toThrow();
      expect((await store.items(id)).map(({ job }) => job)).toEqual([ref(1), ref(2)]);
    });

    it('lists those that have not ended, oldest first, with the index of those that began', async () => {
      const second = newId();
      await store.create({ id: second, action: 'start', owner: 'somebody' }, [{ job: ref(1) }]);
      await store.begin(second, 7);
      expect(await unended()).toEqual([id, second]);
      expect(await store.unended(1)).toEqual([{ id, action: 'pause', owner: 'somebody' }]);
      expect(await tested.other.find(second)).toEqual({ id: second, action: 'start', owner: 'somebody', index: 7 });
      await store.end(second, 5_000 as EpochMillis);
      expect(await unended()).toEqual([id]);
      expect(await tested.other.find(second)).toMatchObject({ endedAt: 5_000 });
    });

    it.each<BulkProgress>([
      { state: 'done', event: intent },
      { state: 'denied', code: 'no_matching_rule', event: intent, detail: 'No rule allows it.' },
      { state: 'failed', code: 'too_busy' },
      { state: 'unknown', code: 'outcome_unknown', event: intent },
    ])('changes an item until it has come to its end: $state', async (end) => {
      await store.progress(id, 1, { state: 'in_progress' });
      expect(await states()).toEqual([{ state: 'waiting' }, { state: 'in_progress' }]);
      await store.progress(id, 1, end);
      await store.progress(id, 1, { state: 'in_progress' });
      await store.progress(id, 1, { state: 'failed', code: 'too_late' });
      expect(await states()).toEqual([{ state: 'waiting' }, end]);
    });

    it('takes back what was not begun, and nothing else', async () => {
      await store.begin(id, 3);
      await store.discard(id);
      expect(await states()).toHaveLength(2);
      const unbegun = newId();
      await store.create({ id: unbegun, action: 'pause', owner: 'somebody' }, [{ job: ref(1) }]);
      await store.discard(unbegun);
      expect([await store.find(unbegun), await store.items(unbegun)]).toEqual([undefined, []]);
    });

    it('forgets what ended before a time, with its items, and nothing that has not', async () => {
      const old = newId();
      await store.create({ id: old, action: 'pause', owner: 'somebody' }, [{ job: ref(1) }]);
      await store.begin(old, 4);
      await store.end(old, 1_000 as EpochMillis);
      await store.forget(1_000 as EpochMillis);
      expect(await store.find(old)).toBeDefined();
      await store.forget(1_001 as EpochMillis);
      expect([await store.find(old), await store.items(old)]).toEqual([undefined, []]);
      expect(await store.find(id)).toBeDefined();
    });
  });
}
