import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import type { FaultMatch, FaultPlan } from './fault.ts';
import type { Route } from './route.ts';

/** A fault that a request has met. */
export interface MetFault {
  readonly id: string;
  readonly plan: FaultPlan;
  /** Waits as long as the plan says. */
  delay(): Promise<void>;
}

/** A fault in wait, as shown to the control port. */
export interface ArmedFault {
  readonly id: string;
  readonly plan: FaultPlan;
  readonly met: number;
}

interface Armed {
  readonly id: string;
  readonly plan: FaultPlan;
  readonly cleared: PromiseWithResolvers<void>;
  seen: number;
  met: number;
}

function hits(match: FaultMatch, exchange: Exchange, route: Pick<Route, 'service' | 'operation'>): boolean {
  return (
    (match.service === undefined || match.service === route.service) &&
    (match.operation === undefined || match.operation === route.operation) &&
    (match.method === undefined || match.method.toUpperCase() === exchange.method) &&
    (match.path === undefined || new RegExp(match.path).test(exchange.path)) &&
    (match.host === undefined || match.host === exchange.host)
  );
}

async function wait(armed: Armed): Promise<void> {
  if (armed.plan.delay === 'until-cleared') return armed.cleared.promise;
  if (armed.plan.delay === undefined) return;
  const abort = new AbortController();
  const slept = sleep(armed.plan.delay, undefined, { signal: abort.signal }).catch(() => undefined);
  await Promise.race([slept, armed.cleared.promise]);
  abort.abort();
}

/** The faults in wait. A request meets the oldest one that matches it. */
export class Faults {
  #armed: Armed[] = [];
  #count = 0;

  inject(plan: FaultPlan): string {
    const id = `fault-${++this.#count}`;
    this.#armed.push({ id, plan, cleared: Promise.withResolvers(), seen: 0, met: 0 });
    return id;
  }

  list(): readonly ArmedFault[] {
    return this.#armed.map(({ id, plan, met }) => ({ id, plan, met }));
  }

  /** Removes a fault, or all, and lets go of every request that it delays. */
  clear(id?: string): void {
    const isMeant = (armed: Armed) => id === undefined || armed.id === id;
    for (const armed of this.#armed.filter(isMeant)) armed.cleared.resolve();
    this.#armed = this.#armed.filter((armed) => !isMeant(armed));
  }

  take(exchange: Exchange, route: Pick<Route, 'service' | 'operation'>): MetFault | undefined {
    for (const armed of this.#armed) {
      const { plan } = armed;
      const exhausted = plan.times !== undefined && armed.met >= plan.times;
      if (exhausted || !hits(plan.match, exchange, route)) continue;
      if (++armed.seen <= plan.skip) continue;
      armed.met++;
      return { id: armed.id, plan, delay: () => wait(armed) };
    }
    return undefined;
  }
}
