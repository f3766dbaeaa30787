import { Counter, Gauge, type Registry } from 'prom-client';
import type { PolicyKeeper } from '../policy/policy-keeper.ts';

/** Adds what monitoring sees of the policies. */
export function addPolicyMetrics(registry: Registry, policies: PolicyKeeper): void {
  const registers = [registry];
  const reloaders = { live: policies.reloader, shadow: policies.shadowReloader };
  new Gauge({
    name: 'interlock_policy_trouble',
    help: '1 while what the policy file says is not in force: it is broken, or the change could not be recorded.',
    labelNames: ['policy'],
    registers,
    collect() {
      for (const [policy, reloader] of Object.entries(reloaders)) {
        if (reloader !== undefined) this.set({ policy }, reloader.trouble === undefined ? 0 : 1);
      }
    },
  });
  counter(
    'interlock_policy_reloads_total',
    'Changes of a policy file, by what came of them.',
    ['policy', 'result'],
    () =>
      Object.entries(reloaders).flatMap(([policy, reloader]) =>
        Object.entries(reloader?.counts ?? {}).map(([result, count]) => ({ labels: { policy, result }, count })),
      ),
  );
  counter('interlock_shadow_decisions_total', 'Decisions of the shadow policy beside the live one.', ['result'], () =>
    Object.entries(policies.shadow.counts).map(([result, count]) => ({ labels: { result }, count })),
  );

  /** A counter whose figures somebody else keeps. */
  function counter<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    read: () => readonly { readonly labels: Record<Label, string>; readonly count: number }[],
  ): void {
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { labels, count } of read()) this.inc(labels, count);
      },
    });
  }
}
