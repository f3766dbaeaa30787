import { ConsoleStage, hasChromium } from '../support/console-stage.ts';
import { describeEntrance } from './entrance.ts';
import { describeJobs } from './jobs.ts';
import { describePolicy } from './policy.ts';
import { describeReview } from './review.ts';

/** One cloud, broker and browser for all: to start them costs more than any of the tests. */
const stage = {} as { current: ConsoleStage };

(hasChromium ? describe : describe.skip)('the console in a browser', () => {
  beforeAll(async () => {
    stage.current = await ConsoleStage.start();
  });
  afterAll(() => stage.current.stop());

  describeEntrance(stage);
  describeJobs(stage);
  describeReview(stage);
  describePolicy(stage);

  it('never made a browser complain of what its content security policy forbids', () => {
    expect(stage.current.complaints).toEqual([]);
  });
});
