import { OpenIntents } from '#audit';
import { OutcomeRecorder, Reconciler, usualPace } from '#operations';
import { openStore, type Store } from '#store';
import { ScriptedGraph } from '#testing';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { TestLog } from './audit-logs.ts';

const rounds = 20;

describe('reconcilers of two replicas on PostgreSQL', () => {
  const log = new TestLog('broker.example/audit/reconcilers');
  const graph = new ScriptedGraph();
  let postgres: TestPostgres;
  let stores: readonly Store[];

  beforeAll(async () => {
    postgres = await startPostgres();
    stores = await Promise.all([1, 2].map(() => openStore(postgres.url, log.clock)));
  });

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  it(`that race for an unknown outcome read Graph once and record one verdict, ${rounds} times over`, async () => {
    const replicas = await Promise.all(stores.map((store, at) => log.open(store.log(log.origin), `replica-${at}`)));
    const reconcilers = replicas.map((audit, at) => {
      const { leases } = stores[at]!;
      return new Reconciler({
        audit,
        log: audit,
        outcomes: new OutcomeRecorder(audit, log.clock),
        graph,
        clock: log.clock,
        open: new OpenIntents(stores[at]!.log(log.origin), 0),
        leases,
        leaseName: 'reconciler',
        owner: `replica-${at}`,
        pace: usualPace,
      });
    });
    // A job that is gone: one read is enough for a verdict.
    graph.job = { ...graph.job, kind: 'refused', refusal: 'not_found' };
    for (let round = 1; round <= rounds; round++) {
      const intent = log.intent(`request-${round}`);
      const { eventId } = await replicas[0]!.recordIntent(intent);
      const { resource } = intent;
      await replicas[1]!.record({ type: 'pause.outcome', parent: eventId, resource, outcome: 'unknown' });
      await Promise.all(reconcilers.map((reconciler) => reconciler.round()));
      // Whoever has the lease gives it back now and then, so that both come to work.
      await reconcilers[round % 2]!.close();

      const verdicts = await postgres.sql(
        `select parent from audit_leaf where type = 'pause.reconciled' and parent = '${eventId}'`,
      );
      expect([round, verdicts.length, graph.calls.length]).toEqual([round, 1, round]);
    }
    expect(await log.check(stores[0]!.log(log.origin))).not.toHaveLength(0);
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});
