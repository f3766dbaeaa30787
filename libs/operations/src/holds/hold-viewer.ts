import type { Hold } from '#holds';
import { holdsRight } from '#kernel';
import type { Authorization } from '../authorization.ts';
import type { Asked } from '../job-request.ts';
import type { HoldOwners } from './hold-owners.ts';

/** A hold as its viewer may see it. */
export interface ShownHold {
  readonly hold: Hold;
  readonly owner: {
    readonly kind: 'application' | 'user';
    /** Client id of the application that paused, on its own behalf or a person's. */
    readonly application: string;
    /** Of a person, unless it was erased. */
    readonly name?: string;
  };
  /** Whether it is the viewer's own. */
  readonly own: boolean;
  /** For its owner, and for those who may override it. */
  readonly reason?: string;
}

/** Decides who may know what about a hold: its owner, those who may read its job, those who may override holds. */
export class HoldViewer {
  readonly #authorization: Authorization;
  readonly #owners: HoldOwners;

  constructor(authorization: Authorization, owners: HoldOwners) {
    this.#authorization = authorization;
    this.#owners = owners;
  }

  /** The hold as the caller may see it; undefined when it may not know about it. */
  async show(hold: Hold, asked: Asked): Promise<ShownHold | undefined> {
    const own = (await this.#owners.nameOf(asked.caller)) === hold.owner;
    const mayOverride = holdsRight(asked.caller, 'Holds.Override');
    const mayKnow = own || mayOverride || this.#authorization.permitted('read', hold.job, asked) !== undefined;
    if (!mayKnow) return undefined;
    const { caller, reason } = await this.#owners.of(hold);
    const name = caller.kind === 'user' ? (caller.name ?? caller.username) : undefined;
    return {
      hold,
      owner: { kind: caller.kind, application: caller.clientId, ...(name !== undefined && { name }) },
      own,
      ...((own || mayOverride) && reason !== undefined && { reason }),
    };
  }

  /** Those of the holds that the caller may know about. */
  async showAll(holds: readonly Hold[], asked: Asked): Promise<readonly ShownHold[]> {
    const shown = await Promise.all(holds.map((hold) => this.show(hold, asked)));
    return shown.filter((hold) => hold !== undefined);
  }
}
