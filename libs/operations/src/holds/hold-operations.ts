import type { AuditRecorder } from '#audit';
import { type Hold, type HoldBook, type HoldFilter, isOpen } from '#holds';
import { type EpochMillis, type EventId, holdsRight, InvalidInput, type Justification } from '#kernel';
import { Authorization, type Authorized } from '../authorization.ts';
import type { Asked } from '../job-request.ts';
import { refusedDecision } from '../operation-error.ts';
import type { RateLimits } from '../rate-limits.ts';
import { HoldEnding, type HoldEndingPorts } from './hold-ending.ts';
import { HoldChanging, HoldEndUnknown, HoldNotEnded, HoldNotInForce, HoldNotYours, HoldUnknown } from './hold-error.ts';
import { HoldViewer, type ShownHold } from './hold-viewer.ts';

/** How many holds are looked at for one page at most, so that one which shows few of them does not take for ever. */
const maxLookedAt = 500;
const maxLooks = 5;

/** What callers' changes of holds need beyond their ends. */
export interface HoldOperationsPorts extends HoldEndingPorts {
  /** Absent: rules have no limits. */
  readonly limits?: RateLimits;
}

/** A page of holds; `next` when there may be more: the index to go on below. */
export interface HoldPage {
  readonly holds: readonly ShownHold[];
  readonly next?: number;
}

/** What callers do with holds: see them, give them up, move their end. Each change is judged and on record. */
export class HoldOperations {
  readonly #audit: AuditRecorder;
  readonly #holds: HoldBook;
  readonly #ports: HoldEndingPorts;
  readonly #authorization: Authorization;
  readonly #viewer: HoldViewer;
  readonly #ending: HoldEnding;

  constructor(ports: HoldOperationsPorts) {
    this.#ports = ports;
    this.#audit = ports.audit;
    this.#holds = ports.holds;
    this.#authorization = new Authorization(ports.policy, ports.audit, ports.clock, undefined, ports.limits);
    this.#viewer = new HoldViewer(this.#authorization, ports.owners);
    this.#ending = new HoldEnding(ports);
  }

  /** Those that the caller may know about, newest first. */
  async list(asked: Asked, filter: HoldFilter, limit: number, below?: number): Promise<HoldPage> {
    const shown: ShownHold[] = [];
    let from = below;
    for (let lookedAt = 0; lookedAt < maxLookedAt; lookedAt += limit) {
      const page = await this.#holds.page(filter, limit, from);
      for (const hold of page) {
        from = hold.index;
        shown.push(...(await this.#viewer.showAll([hold], asked)));
        if (shown.length === limit) return { holds: shown, next: from };
      }
      if (page.length < limit) return { holds: shown };
    }
    return { holds: shown, ...(from !== undefined && { next: from }) };
  }

  /** Throws {@link HoldUnknown} also for one that the caller may not know about. */
  async read(asked: Asked, id: EventId): Promise<ShownHold> {
    const hold = await this.#holds.find(id);
    const shown = hold && (await this.#viewer.show(hold, asked));
    if (shown === undefined) throw new HoldUnknown();
    return shown;
  }

  /**
   * Gives up a hold, and starts its job when it was the last one and nothing stands against it. What came of it is the
   * hold's state; for one that has ended before, that state as it was.
   */
  async release(asked: Asked, id: EventId): Promise<ShownHold> {
    const { hold, own } = await this.read(asked, id);
    if (!own) await this.#assertMayOverride(asked, hold);
    const { request, caller, justification } = asked;
    const reason = own ? 'released' : 'overridden';
    const result = await this.#ending.end(id, { kind: 'caller', reason, asked: { request, caller, justification } });
    if (result.kind === 'changing') throw new HoldChanging(undefined);
    if (result.kind === 'troubled') throw new HoldNotEnded();
    if (result.kind === 'unknown') throw new HoldEndUnknown();
    return this.read(asked, id);
  }

  /**
   * Moves the end of the caller's own hold. The policy judges it as the pause that it prolongs: with its reason and
   * ticket unless new ones are given, and counting from when it began.
   */
  async extend(asked: Asked, id: EventId, until: EpochMillis): Promise<ShownHold> {
    const shown = await this.read(asked, id);
    if (!shown.own) throw new HoldNotYours(await this.#deny(asked, shown.hold, 'hold_not_yours', 403));
    const prolonged = { ...asked, justification: justificationOf(shown, asked, until), begun: shown.hold.since };
    const authorized = await this.#authorization.authorize('pause', shown.hold.job, prolonged);
    for (let looks = 0; looks < maxLooks; looks++) {
      if (await this.#extended(authorized, shown.hold, asked)) return this.read(asked, id);
    }
    throw new HoldChanging(undefined);
  }

  /** False when the job was changed meanwhile. */
  async #extended({ judged }: Authorized, { id, job }: Hold, asked: Asked): Promise<boolean> {
    const { holds, asOf } = await this.#holds.ofJob(job);
    const hold = holds.find((one) => one.id === id);
    if (hold === undefined) throw new HoldNotInForce(await this.#deny(asked, { job }, 'hold_not_in_force', 409));
    if (hold.state !== 'held') throw new HoldChanging(await this.#deny(asked, hold, 'hold_changing', 409));
    const event = { ...judged, type: 'hold.extended', parent: id } as const;
    return (await this.#audit.recordUnlessChanged(event, job, asOf)) !== undefined;
  }

  async #assertMayOverride(asked: Asked, hold: Hold): Promise<void> {
    if (!holdsRight(asked.caller, 'Holds.Override')) {
      throw new HoldNotYours(await this.#deny(asked, hold, 'hold_not_yours', 403));
    }
    if (isOpen(hold) && asked.justification.reason === undefined) {
      throw new InvalidInput('field_invalid', "Give a reason to end somebody else's hold.", 'reason');
    }
  }

  async #deny(asked: Asked, { job }: Pick<Hold, 'job'>, code: string, status: number): Promise<EventId> {
    const { request, caller, justification } = asked;
    const decision = { ...refusedDecision(code), policySha256: this.#ports.policy().sha256 };
    const denial = { type: 'request.denied', status, request, caller, justification, resource: job, decision } as const;
    return (await this.#audit.record(denial)).eventId;
  }
}

function justificationOf({ hold, reason }: ShownHold, { justification }: Asked, until: EpochMillis): Justification {
  const ticket = justification.ticket ?? hold.ticket;
  const words = justification.reason ?? reason;
  return { until, ...(ticket !== undefined && { ticket }), ...(words !== undefined && { reason: words }) };
}
