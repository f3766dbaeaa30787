import { assertFollowsModel, assertSurvivesRushes, holdRushes, holdSteps } from '#testing';
import fc from 'fast-check';
import { type OpenHoldStores, openHoldStores } from '../support/hold-stores.ts';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('on %s, whatever happens to a job, on two replicas that fail and die', (_name, start) => {
  let database: TestDatabase;
  let open: OpenHoldStores;
  beforeAll(async () => {
    database = await start();
    open = await openHoldStores(database.url);
  });
  afterAll(async () => {
    await open.close();
    await database.stop();
  });

  it('it runs and is held as the model says, after each step', async () => {
    const property = fc.asyncProperty(holdSteps, (steps) => assertFollowsModel(open.stores, steps));
    await fc.assert(property, { numRuns: 4 });
  });

  it('it runs exactly when nobody holds it, however pauses and starts cross each other', async () => {
    const property = fc.asyncProperty(holdRushes, (rushes) => assertSurvivesRushes(open.stores, rushes));
    await fc.assert(property, { numRuns: 4 });
  });
});
