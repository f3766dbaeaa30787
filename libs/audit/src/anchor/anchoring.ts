import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import type { Clock } from '#kernel';
import { AuditLogError } from '../audit-error.ts';
import type { AuditLog } from '../audit-log.ts';
import type { LeaseStore } from '../lease-store.ts';
import type { Anchor, Submission } from './anchor.ts';
import { AnchorError } from './anchor-error.ts';
import type { AnchorState, AnchorStore } from './anchor-store.ts';
import type { LogStanding, Standing } from './log-standing.ts';

/** After so many entries a checkpoint is anchored before its time. */
const sizeStep = 4_096;
/** Longer than a push takes. */
const leaseMillis = 60_000;
const longestPauseMillis = 30_000;
const retries = { initialDelay: 5_000, maxDelay: 900_000 };

export interface AnchoringParts {
  readonly log: Pick<AuditLog, 'origin' | 'proveGrowth' | 'record'>;
  readonly standing: LogStanding;
  readonly store: AnchorStore;
  readonly anchors: readonly Anchor[];
  readonly leases: LeaseStore;
  /** Names this replica. */
  readonly owner: string;
  readonly clock: Clock;
  /** How long after the last checkpoint the next one is anchored, in milliseconds. */
  readonly everyMillis: number;
  /** Hears of what went wrong: an anchor's refusal, or that store or log failed. */
  readonly onTrouble: (error: unknown) => void;
}

/** Hands checkpoints to the anchors. Every replica tries; the lease lets one of them do it at a time. */
export class Anchoring {
  readonly #parts: AnchoringParts;
  /** Of the anchors that fail: when to try again, and how long to wait after that. */
  readonly #waits = new Map<string, { readonly until: number; readonly backoff: IBackoff<unknown> }>();

  constructor(parts: AnchoringParts) {
    this.#parts = parts;
  }

  /**
   * Asks the witnesses, before anything else is written, whether our log extends what they have seen. Rejects with
   * AuditLogError `log_head_regressed` when one says no; one that cannot be asked says nothing.
   */
  async assertWitnessed(): Promise<void> {
    const witnesses = this.#parts.anchors.filter(({ kind }) => kind === 'witness');
    if (witnesses.length === 0) return;
    const standing = await this.#parts.standing.now();
    await Promise.all(witnesses.map((witness) => this.#push(witness, standing, 'start')));
  }

  /** Runs rounds until the signal is aborted. One that fails is told and followed by the next. */
  async keepAnchoring(signal: AbortSignal): Promise<void> {
    const { clock, everyMillis, onTrouble } = this.#parts;
    while (!signal.aborted) {
      await this.round().catch(onTrouble);
      await clock.wait(Math.min(everyMillis, longestPauseMillis), signal).catch(() => undefined);
    }
  }

  /** Hands the last checkpoint to the anchors that are due. Rejects when store or log fail. */
  async round(): Promise<void> {
    const { standing, leases, owner, log } = this.#parts;
    if (this.#due(await standing.now()).length === 0) return;
    const lease = await leases.acquire(`anchors ${log.origin}`, owner, leaseMillis);
    if (lease === undefined) return;
    try {
      // What another replica did before the lease became ours need not be done again.
      const now = await standing.now();
      await Promise.all(this.#due(now).map((anchor) => this.#push(anchor, now, 'round')));
      await standing.now();
    } finally {
      await leases.release(lease);
    }
  }

  #due(standing: Standing): readonly Anchor[] {
    const now = this.#parts.clock.now();
    return this.#parts.anchors.filter((anchor) => {
      const { size, anchoredAt, failure } = stateOf(anchor, standing);
      if ((this.#waits.get(anchor.name)?.until ?? 0) > now) return false;
      if (anchoredAt === undefined || failure !== undefined) return true;
      const age = now - anchoredAt;
      // A clock that was set back must not keep the log from being anchored.
      const isOld = age >= this.#parts.everyMillis || age < 0;
      return standing.size - size >= sizeStep || (isOld && standing.size > size);
    });
  }

  async #push(anchor: Anchor, standing: Standing, occasion: 'start' | 'round'): Promise<void> {
    const { log, store, clock } = this.#parts;
    const { name, kind } = anchor;
    const state = stateOf(anchor, standing);
    const { size, checkpoint } = standing;
    try {
      const cosignatures = await anchor.push(this.#submission(standing), state.size);
      await store.keep({ size, checkpoint, cosignatures });
      await log.record({ type: 'log.anchored', anchor: { name, kind }, size });
      await store.save({ name, kind, size, anchoredAt: clock.now() });
      this.#waits.delete(name);
    } catch (error) {
      if (!(error instanceof AnchorError)) throw error;
      if (error.contradicts && occasion === 'start') throw regressed(error);
      await this.#failed(state, error);
    }
  }

  #submission({ size, checkpoint }: Standing): Submission {
    const { log } = this.#parts;
    return { origin: log.origin, size, checkpoint, growthFrom: (oldSize) => log.proveGrowth(oldSize, size) };
  }

  async #failed(state: AnchorState, error: AnchorError): Promise<void> {
    const { log, store, clock, onTrouble } = this.#parts;
    const { name, kind } = state;
    const waited = this.#waits.get(name)?.backoff;
    const backoff = waited?.next(undefined) ?? new ExponentialBackoff(retries).next();
    this.#waits.set(name, { until: clock.now() + backoff.duration, backoff });
    onTrouble(error);
    // The log tells when an anchor begins to fail, not each time that it is tried in vain.
    if (state.failure === error.code) return;
    await log.record({ type: 'log.anchor_failed', anchor: { name, kind }, reason: error.code });
    await store.save({ ...state, failure: error.code });
  }
}

function stateOf({ name, kind }: Anchor, { anchors }: Standing): AnchorState {
  return anchors.find((state) => state.name === name) ?? { name, kind, size: 0 };
}

function regressed(cause: AnchorError): AuditLogError {
  return new AuditLogError(
    'log_head_regressed',
    `${cause.message}. Restore a newer backup, or begin a successor with: interlock log succeed. See docs/operations.md`,
    { cause },
  );
}
