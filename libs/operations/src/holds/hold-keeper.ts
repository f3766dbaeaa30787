import type { RecordedJobState } from '#audit';
import { type ClaimedTimer, type Hold, type HoldTimers } from '#holds';
import type { EpochMillis } from '#kernel';
import { outcomeOf } from '../operation-outcome.ts';
import { readJobFor } from '../job-reading.ts';
import { HoldEnding, type HoldEndingPorts, type EndResult } from './hold-ending.ts';
import type { HoldPace } from './hold-pace.ts';

const operationMillis = 20_000;

export interface HoldKeeperPorts extends HoldEndingPorts {
  readonly timers: HoldTimers;
  /** Names this replica. */
  readonly replica: string;
  readonly pace: HoldPace;
  /** Hears how the end of each hold went whose time was over, and how late it was looked at, in milliseconds. */
  readonly onEnd?: (hold: ClaimedTimer['hold'], result: EndResult, lateMillis: number) => void;
  /** Hears why work on a timer failed; it is tried again. */
  readonly onFailure?: (hold: ClaimedTimer['hold'], error: unknown) => void;
}

/** What is to be done with a timer after work on it; the record of an end has removed it already. */
type Done = { readonly kind: 'done' } | { readonly kind: 'later'; readonly reason: string };

/**
 * Works on the timers of holds. Every replica runs one; the lease of a timer spares Graph two reads, and the log itself
 * sees to it that a job is started once: see {@link HoldEnding}.
 */
export class HoldKeeper {
  readonly #ports: HoldKeeperPorts;
  readonly #ending: HoldEnding;

  constructor(ports: HoldKeeperPorts) {
    this.#ports = ports;
    this.#ending = new HoldEnding(ports);
  }

  /** Works on all that is due, oldest first, until `signal` is aborted. Rejects when the store fails. */
  async round(signal?: AbortSignal): Promise<void> {
    const { timers, replica, pace, clock } = this.#ports;
    while (signal?.aborted !== true) {
      const claimed = await timers.claim(replica, pace.leaseMillis, pace.abreast);
      await Promise.all(claimed.map((timer) => this.#work(timer)));
      if (claimed.length < pace.abreast) return;
      await clock.wait(pace.betweenMillis, signal).catch(() => undefined);
    }
  }

  async #work(timer: ClaimedTimer): Promise<void> {
    const done = await (timer.kind === 'end' ? this.#end(timer) : this.#confirm(timer)).catch(
      (error: unknown): Done => {
        this.#ports.onFailure?.(timer.hold, error);
        return { kind: 'later', reason: error instanceof Error ? error.name : 'failed' };
      },
    );
    if (done.kind === 'done') return;
    const { pace, timers } = this.#ports;
    const backoff = Math.min(pace.backoffMillis * 2 ** Math.min(timer.attempts, 20), pace.longestBackoffMillis);
    await timers.putOff(timer, backoff, done.reason);
  }

  async #end(timer: ClaimedTimer): Promise<Done> {
    const result = await this.#ending.end(timer.hold, { kind: 'time', until: timer.due });
    this.#ports.onEnd?.(timer.hold, result, timer.lateMillis);
    if (result.kind === 'troubled') return { kind: 'later', reason: result.reason };
    const isOpen = result.kind === 'changing' || result.kind === 'unknown';
    return isOpen ? { kind: 'later', reason: result.kind } : { kind: 'done' };
  }

  /** A start of ours had crossed the pause: pauses the job once more if that start came last. */
  async #confirm(timer: ClaimedTimer): Promise<Done> {
    const { holds, audit } = this.#ports;
    const hold = await holds.find(timer.hold);
    if (hold?.state !== 'held' || !hold.contested) return { kind: 'done' };
    const reading = await readJobFor(hold.id, hold.job, this.#ports, operationMillis);
    if (reading.kind !== 'state') return { kind: 'later', reason: 'state_unread' };
    if (reading.running === 'running' && !(await this.#pauseAgain(hold, reading.state))) {
      return { kind: 'later', reason: 'not_paused' };
    }
    const { asOf } = await holds.ofJob(hold.job);
    const event = { type: 'hold.confirmed', parent: hold.id, resource: hold.job } as const;
    const recorded = await audit.recordUnlessChanged(event, hold.job, asOf);
    return recorded === undefined ? { kind: 'later', reason: 'changing' } : { kind: 'done' };
  }

  async #pauseAgain({ id, job }: Hold, before: RecordedJobState): Promise<boolean> {
    const { audit, graph, outcomes, clock, holds } = this.#ports;
    const { holds: open, asOf } = await holds.ofJob(job);
    if (!open.some((hold) => hold.id === id && hold.state === 'held')) return false;
    const intent = { type: 'pause.intent', action: 'pause', resource: job, parent: id, before } as const;
    const receipt = await audit.recordIntentUnlessChanged(intent, job, asOf);
    if (receipt === undefined) return false;
    const result = await graph.pause(job, { receipt, deadline: (clock.now() + operationMillis) as EpochMillis });
    await outcomes.record(outcomeOf('pause', receipt, job, result));
    return result.kind === 'done';
  }
}
