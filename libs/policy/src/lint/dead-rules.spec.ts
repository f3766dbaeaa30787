import type { Action } from '#kernel';
import { everySmallRequest, smallCatalog, smallPolicy, type SmallRule, smallRules } from '#testing';
import fc from 'fast-check';
import { type DeadRule, deadRules } from './dead-rules.ts';

/* Beside a search that knows nothing of rules: it asks the policy everything that can be asked, and looks. */

/** Actions of single jobs that each rule has a say in, and those that it ever allows. */
function effects(rules: readonly SmallRule[], given: object) {
  const { policy } = smallPolicy(rules, given);
  const seen = rules.map(() => ({ matched: new Set<Action>(), allowed: new Set<Action>() }));
  for (const request of everySmallRequest) {
    if (!('jobId' in request)) continue;
    const decision = policy.evaluate(request);
    for (const [index, { failed }] of decision.trace.entries()) {
      if (failed !== undefined) continue;
      seen[index]?.matched.add(request.action);
      if (decision.effect === 'allow') seen[index]?.allowed.add(request.action);
    }
  }
  return seen;
}

const isDenied = (dead: DeadRule) => dead.kind === 'denied';
let found = 0;

describe('a dead rule', () => {
  it('allows none of the actions that it is said to allow in vain, whoever asks whenever', () => {
    const agree = fc.property(smallRules({ conditional: true }), smallCatalog, (rules, given) => {
      const denied = deadRules(smallPolicy(rules, given)).filter(isDenied);
      if (denied.length === 0) return;
      const seen = effects(rules, given);
      for (const { rule, actions: vain } of denied) {
        for (const action of vain) expect(seen[rule]?.allowed.has(action)).toBe(false);
      }
      found += denied.length;
    });
    fc.assert(agree, { numRuns: 50 });
  });

  it('can be left out with all others that are implied, and every decision stays', () => {
    const agree = fc.property(smallRules({ conditional: true }), smallCatalog, (rules, given) => {
      const document = smallPolicy(rules, given);
      const implied = new Set(deadRules(document).flatMap((dead) => (isDenied(dead) ? [] : [dead.rule])));
      if (implied.size === 0) return;
      const { policy } = smallPolicy(
        rules.filter((_, index) => !implied.has(index)),
        given,
      );
      const decidedOtherwise = everySmallRequest.filter((request) => {
        return policy.evaluate(request).effect !== document.policy.evaluate(request).effect;
      });
      expect(decidedOtherwise).toEqual([]);
      found += implied.size;
    });
    fc.assert(agree, { numRuns: 50 });
  });

  it('is always found where no rule has conditions', () => {
    const agree = fc.property(smallRules({ conditional: false }), smallCatalog, (rules, given) => {
      const denied = new Map(
        deadRules(smallPolicy(rules, given)).flatMap((dead) => (isDenied(dead) ? [[dead.rule, dead.actions]] : [])),
      );
      for (const [index, { matched, allowed }] of effects(rules, given).entries()) {
        const vain = [...matched].filter((action) => !allowed.has(action));
        if (rules[index]?.effect === 'allow') expect([...(denied.get(index) ?? [])].sort()).toEqual(vain.sort());
      }
    });
    fc.assert(agree, { numRuns: 20 });
  });

  it('was met often enough for this to mean something', () => {
    expect(found).toBeGreaterThan(0);
  });
});
