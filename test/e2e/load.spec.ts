import { Interlock } from '../support/interlock.ts';
import { pauseUnderLoad } from '../support/load.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { unpaired, verifiedEvents } from '../support/recorded-events.ts';

// `npm run torture` runs the same for ten seconds and more; here the number of requests is fixed.
const callers = 64;
const longest = 300_000;
const requests = 2 * callers;

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

describe(`${callers} concurrent callers`, () => {
  it(
    'on SQLite: every 204 has its intent and outcome, and the log derives again from its bytes',
    async () => {
      const broker = await interlock.broker();
      const result = await pauseUnderLoad([broker], await interlock.hrPortal(), callers, (sent) => sent < requests);

      expect(result.statuses).toEqual({ 204: requests });
      expect(await broker.stop()).toBe(0);
      expect(unpaired(await verifiedEvents(interlock.environment()), result.accepted)).toEqual([]);
    },
    longest,
  );

  describe('on two replicas with PostgreSQL', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    it(
      'share one log in which every 204 has its intent and outcome',
      async () => {
        const database = { DATABASE_URL: postgres.url };
        const brokers = await Promise.all([interlock.broker(database), interlock.broker(database)]);
        const result = await pauseUnderLoad(brokers, await interlock.hrPortal(), callers, (sent) => sent < requests);

        expect(result.statuses).toEqual({ 204: requests });
        expect(await Promise.all(brokers.map((broker) => broker.stop()))).toEqual([0, 0]);
        expect(unpaired(await verifiedEvents(interlock.environment(database)), result.accepted)).toEqual([]);
      },
      longest,
    );
  });
});
