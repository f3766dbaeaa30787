import { Interlock } from '../support/interlock.ts';
import { pauseUnderLoad } from '../support/load.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { type Recorded, verifiedEvents } from '../support/recorded-events.ts';

// `npm run torture` runs the same for ten seconds and more; here the number of requests is fixed.
const callers = 64;
const requests = 640;

let interlock: Interlock;

beforeEach(async () => {
  interlock = await Interlock.start();
});
afterEach(() => interlock.stop());

/** For each accepted request exactly one intent and, on it, exactly one successful outcome. */
function expectPairs(events: readonly Recorded[], accepted: readonly string[]): void {
  const intents = new Map(
    events.filter(({ type }) => type === 'pause.intent').map((event) => [event.corr?.request_id, event.id]),
  );
  const outcomes = new Map(
    events.filter(({ type }) => type === 'pause.outcome').map((event) => [event.parent, event.outcome]),
  );
  expect(intents.size).toBe(accepted.length);
  expect(accepted.map((id) => outcomes.get(intents.get(id) ?? ''))).toEqual(accepted.map(() => 'success'));
}

describe(`${callers} concurrent callers`, () => {
  it('on SQLite: every 204 has its intent and outcome, and the log derives again from its bytes', async () => {
    const broker = await interlock.broker();
    const result = await pauseUnderLoad([broker], await interlock.hrPortal(), callers, (sent) => sent < requests);

    expect(result.statuses).toEqual({ 204: requests });
    expect(await broker.stop()).toBe(0);
    expectPairs(await verifiedEvents(interlock.environment()), result.accepted);
  });

  describe('on two replicas with PostgreSQL', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    it('share one log in which every 204 has its intent and outcome', async () => {
      const database = { DATABASE_URL: postgres.url };
      const brokers = [await interlock.broker(database), await interlock.broker(database)];
      const result = await pauseUnderLoad(brokers, await interlock.hrPortal(), callers, (sent) => sent < requests);

      expect(result.statuses).toEqual({ 204: requests });
      expect(await Promise.all(brokers.map((broker) => broker.stop()))).toEqual([0, 0]);
      expectPairs(await verifiedEvents(interlock.environment(database)), result.accepted);
    });
  });
});
