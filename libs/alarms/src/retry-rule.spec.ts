import { afterFailure, maxAttempts, patienceMillis } from './retry-rule.ts';
import { attemptOf } from './webhook-post.ts';

const troubled = { kind: 'troubled', reason: 'unreachable' } as const;
const refused = { kind: 'refused', reason: 'http_422' } as const;
const middle = () => 0.5;

describe('after an attempt in vain', () => {
  it('waits twice as long each time, an hour at most', () => {
    const waits = [1, 2, 3, 12, 13, 500].map((attempts) => afterFailure(troubled, attempts, 0, middle));
    expect(waits).toEqual(
      [1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000].map((millis) => ({ kind: 'later', millis })),
    );
  });

  it('waits up to a quarter less or more', () => {
    expect([0, 1].map((chance) => afterFailure(troubled, 3, 0, () => chance))).toEqual([
      { kind: 'later', millis: 3_000 },
      { kind: 'later', millis: 5_000 },
    ]);
  });

  it('waits as long as the destination asks, an hour at most', () => {
    const asking = (seconds: string) => attemptOf(503, seconds) as typeof troubled;
    expect(afterFailure(asking('120'), 1, 0, middle)).toEqual({ kind: 'later', millis: 120_000 });
    expect(afterFailure(asking('999999'), 1, 0, middle)).toEqual({ kind: 'later', millis: 3_600_000 });
    expect(afterFailure(asking('soon'), 1, 0, middle)).toEqual({ kind: 'later', millis: 1_000 });
  });

  it('gives up what is refused after some attempts, and what nobody takes not before a day', () => {
    expect(afterFailure(refused, maxAttempts - 1, patienceMillis, middle).kind).toBe('later');
    expect(afterFailure(refused, maxAttempts, 0, middle).kind).toBe('park');
    expect(afterFailure(troubled, 100, patienceMillis - 1, middle).kind).toBe('later');
    expect(afterFailure(troubled, maxAttempts - 1, patienceMillis, middle).kind).toBe('later');
    expect(afterFailure(troubled, maxAttempts, patienceMillis, middle).kind).toBe('park');
  });

  it('gives up at once what can never be delivered', () => {
    expect(afterFailure({ kind: 'misconfigured', reason: 'gone' }, 1, 0, middle)).toEqual({ kind: 'park' });
  });
});

describe('a reply', () => {
  it.each([
    [200, { kind: 'delivered' }],
    [204, { kind: 'delivered' }],
    [301, { kind: 'misconfigured', reason: 'redirected' }],
    [307, { kind: 'misconfigured', reason: 'redirected' }],
    [410, { kind: 'misconfigured', reason: 'gone' }],
    [400, { kind: 'refused', reason: 'http_400' }],
    [413, { kind: 'refused', reason: 'http_413' }],
    [401, { kind: 'troubled', reason: 'http_401' }],
    [404, { kind: 'troubled', reason: 'http_404' }],
    [429, { kind: 'troubled', reason: 'http_429' }],
    [500, { kind: 'troubled', reason: 'http_500' }],
    [503, { kind: 'troubled', reason: 'http_503' }],
  ])('of %i is understood', (status, attempt) => {
    expect(attemptOf(status)).toEqual(attempt);
  });
});
