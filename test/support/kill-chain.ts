import { z } from 'zod';
import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { breath } from './breath.ts';
import { BrokerEnded, type BrokerProcess } from './broker-process.ts';
import { call } from './http-client.ts';
import { type Interlock, pausePath } from './interlock.ts';
import type { KillPlan } from './kill-plan.ts';
import { type KillReport, reportKills } from './kill-report.ts';
import { goodJustification } from './policy-file.ts';
import { verifiedEvents } from './recorded-events.ts';

const OpenPage = z.object({ items: z.array(z.unknown()) });

/**
 * Brokers on one log, one after the other. Each reconciles what its predecessor left behind, then serves pauses until it
 * is killed. Where it is killed may be anywhere in either.
 */
export class KillChain {
  readonly #interlock: Interlock;
  readonly #succeeded: string[] = [];
  readonly #killed = { reconciling: 0, serving: 0, heldAtGraph: 0 };

  constructor(interlock: Interlock) {
    this.#interlock = interlock;
  }

  /** Starts one broker and sees it killed. */
  async kill(plan: KillPlan): Promise<void> {
    const { cloud } = this.#interlock;
    const broker = await this.#begin(plan);
    if (broker === undefined || !(await this.#hasReconciled(broker))) {
      this.#killed.reconciling += 1;
      return;
    }
    cloud.setJobState({ ...jobs.hrInbound, state: { kind: 'active' } });
    if (plan.killAt === 'held at Graph') {
      cloud.injectFault({ match: { operation: 'job.pause' }, when: 'after', delay: 'until-cleared' });
      const { sequence = 0 } = cloud.journal().at(-1) ?? {};
      const serving = this.#serve(broker, plan.callers);
      await cloud.whenArrived({ operation: 'job.pause', after: sequence, count: 1 });
      await broker.kill();
      cloud.clearFaults();
      await serving;
      this.#killed.heldAtGraph += 1;
    } else {
      await this.#serve(broker, plan.callers);
      this.#killed.serving += 1;
    }
  }

  /** Lets a last broker reconcile in peace, and compares its log with what Graph and the callers saw. */
  async report(): Promise<KillReport> {
    const broker = await this.#interlock.failpointBroker({}, {});
    if (!(await this.#hasReconciled(broker))) throw new Error(`The last broker ended:\n${broker.output()}`);
    const code = await broker.stop();
    if (code !== 0) throw new Error(`The last broker ended with ${String(code)}:\n${broker.output()}`);
    const events = await verifiedEvents(this.#interlock.environment());
    const atGraph = this.#interlock.cloud.journal({ service: 'graph' });
    return { killed: this.#killed, ...reportKills(events, atGraph, this.#succeeded) };
  }

  /** The broker, or undefined when it killed itself before it was ready. */
  async #begin({ readBeforePause, killAt }: KillPlan): Promise<BrokerProcess | undefined> {
    const environment = { INTERLOCK_READ_BEFORE_PAUSE: String(readBeforePause) };
    try {
      return await this.#interlock.failpointBroker(environment, typeof killAt === 'number' ? { killAt } : {});
    } catch (error) {
      if (error instanceof BrokerEnded && typeof killAt === 'number') return undefined;
      throw error;
    }
  }

  /** Waits until nothing is open; false when the broker was killed over it. */
  async #hasReconciled(broker: BrokerProcess): Promise<boolean> {
    const token = await this.#interlock.reviewer();
    while (!broker.hasEnded()) {
      const reply = await call(`${broker.url}/api/audit/open`, { token }).catch(() => undefined);
      if (reply?.status === 200 && OpenPage.parse(reply.data).items.length === 0) return true;
      await breath();
    }
    return false;
  }

  /** Callers send pauses until there is nobody to send them to. */
  async #serve(broker: BrokerProcess, callers: number): Promise<void> {
    const token = await this.#interlock.hrPortal();
    const one = async () => {
      while (!broker.hasEnded()) {
        const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification }).catch(
          () => undefined,
        );
        if (reply?.status === 204) this.#succeeded.push(String(reply.headers['request-id']));
      }
    };
    await Promise.all([broker.ended, ...Array.from({ length: callers }, one)]);
  }
}
