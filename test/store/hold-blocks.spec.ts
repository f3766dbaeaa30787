import type { HoldFilter } from '#holds';
import { readJobId, ServicePrincipalId } from '#kernel';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/hold-blocks';
const entries = 5_000;
/** Holds of one owner, which are in some blocks of the log and not in others. */
const rare = [3, 1_023, 1_024, 1_025, 4_095, 4_999];
const servicePrincipalId = ServicePrincipalId.parse('00000000-0000-4000-8000-000000000007', 'servicePrincipalId');

describe.each(databases)('holds that are read block by block in %s', (kind, start) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
    const zeros = kind === 'SQLite' ? `x'${'00'.repeat(32)}'` : `'\\x${'00'.repeat(32)}'`;
    const isRare = `n in (${rare.join(', ')})`;
    await database.sql(`insert into audit_head (origin, size, root, checkpoint) values ('${origin}', ${entries}, ${zeros}, 'none');
      insert into hold (log_id, idx, id, service_principal_id, job_id, owner, since, origin, contested, state, generation)
      with recursive entry (n) as (select 0 union all select n + 1 from entry where n + 1 < ${entries})
      select 1, n, 'event-' || n, '${servicePrincipalId}', case when ${isRare} then 'rare' else 'frequent' end,
        case when ${isRare} then 'seldom' else 'often' end, 0, 'unknown', 0,
        case when n = 1024 then 'held' else 'superseded' end, n from entry`);
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  const found = async (filter: HoldFilter, limit: number, below?: number) =>
    (await store.holds(origin).page(filter, limit, below)).map(({ index }) => index);
  const jobOf = (name: string) => ({ servicePrincipalId, jobId: readJobId(name)! });

  it.each([
    ['an owner', { owner: 'seldom' }],
    ['a job', { job: jobOf('rare') }],
    ['an owner and a job', { owner: 'seldom', job: jobOf('rare') }],
  ])('are found by %s in few blocks, newest first', async (_, filter) => {
    expect(await found(filter, 9)).toEqual(rare.toReversed());
  });

  it('stop at the limit, and go on below a position', async () => {
    expect(await found({ owner: 'seldom' }, 2)).toEqual([4_999, 4_095]);
    expect(await found({ owner: 'seldom' }, 2, 4_095)).toEqual([1_025, 1_024]);
    expect(await found({ owner: 'often' }, 3, 1_026)).toEqual([1_022, 1_021, 1_020]);
  });

  it('keep the order over the ends of blocks', async () => {
    const often = Array.from({ length: entries }, (_, at) => at).filter((index) => !rare.includes(index));
    expect(await found({ owner: 'often' }, entries)).toEqual(often.toReversed());
  });

  it('are narrowed to those that count', async () => {
    expect(await found({ owner: 'seldom', open: true }, 9)).toEqual([1_024]);
    expect(await found({ owner: 'seldom', job: jobOf('rare'), open: true }, 9)).toEqual([1_024]);
    expect(await found({ job: jobOf('rare'), open: true }, 9)).toEqual([1_024]);
  });

  it('are none where nothing is', async () => {
    expect(await found({ owner: 'nobody' }, 9)).toEqual([]);
    expect(await found({ owner: 'seldom' }, 9, 0)).toEqual([]);
  });
});
