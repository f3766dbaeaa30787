import { LogKills } from '../support/log-kills.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { databases, type TestDatabase } from './databases.ts';

// `npm run torture -- log` kills 200 and lets each append longer.
describe.each(databases)('a process that is killed while it appends to %s', (_name, start) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await start();
  });

  afterAll(() => database.stop());

  it('has lost nothing that it acknowledged and doubled nothing, and the log can be derived again', async () => {
    const kills = new LogKills(database);
    const random = new SeededRandom(1);
    for (let run = 0; run < 2; run++) await kills.kill(random, 200);
    kills.remove();
    expect(kills.report).toMatchObject({ kills: 2, lost: [], doubled: [] });
    expect(kills.report.acknowledged).toBeGreaterThan(0);
  }, 180_000);
});
