import type { AuditRecorder } from '#audit';
import type { AppRoleAssignment, GraphDirectory, GraphTokens } from '#graph';
import type { ClientId, Clock, EpochMillis, ObjectId } from '#kernel';
import type { JobCatalog } from '#policy';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import { SelfInquiry } from './self-inquiry.ts';
import { type HeldRole, judgeOwnership, judgeRoles, type Known, type SelfKnowledge } from './self-knowledge.ts';

/** How long all questions of one check may take together. */
const checkMillis = 5_000;
/** Between two checks. */
const usualPauseMillis = 3_600_000;
/** Between two checks while something is wrong or unknown, so that mending it shows soon. */
const shortPauseMillis = 300_000;

export interface SelfCheckPorts {
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly directory: GraphDirectory;
  readonly tokens: GraphTokens;
  readonly clock: Clock;
  /** Our app registration. */
  readonly clientId: ClientId;
  /** App roles, by value or id, that our service principal may hold. */
  readonly allowedRoles: readonly string[];
  /** The live policy's catalog. */
  readonly catalog: () => JobCatalog;
}

const neverAsked = { known: false, reason: 'not_checked_yet' } as const;

/**
 * Finds out who Interlock is at Microsoft, which app roles it holds and which service principals it owns. Each question
 * is a call to Graph like any other: an intent of the system before it, an outcome after it.
 */
export class SelfCheck {
  readonly #ports: SelfCheckPorts;
  readonly #inquiry: SelfInquiry;
  #knowledge: SelfKnowledge = { principal: neverAsked, roles: neverAsked, owned: neverAsked };

  constructor(ports: SelfCheckPorts) {
    this.#ports = ports;
    this.#inquiry = new SelfInquiry(ports.audit, ports.outcomes, ports.clock);
  }

  /** What is known. A check that could not find out keeps what an earlier one did: an outage must not clear an alarm. */
  get knowledge(): SelfKnowledge {
    return this.#knowledge;
  }

  /** Checks once. Does not throw: what could not be asked or answered is unknown, with the reason. */
  async run(): Promise<SelfKnowledge> {
    const deadline = (this.#ports.clock.now() + checkMillis) as EpochMillis;
    const before = this.#knowledge;
    const asked = await this.#inquiry.ask('principal', deadline, (call) =>
      this.#ports.directory.principalOf(this.#ports.clientId, call),
    );
    const principal = asked.answer;
    const claimed = mayHaveToken(principal) ? await this.#claimedRoles() : undefined;
    const roles = await this.#roles(principal, claimed, deadline);
    const owned = await this.#owned(principal, roles, deadline);
    this.#knowledge = {
      principal: laterOf(before.principal, principal),
      roles: laterOf(before.roles, roles),
      owned: laterOf(before.owned, owned),
      ...(asked.evidence !== undefined && { evidence: asked.evidence }),
    };
    return this.#knowledge;
  }

  /** Checks hourly, and more often while not all is well, until the signal is aborted. */
  async keepChecking(signal: AbortSignal, onChecked: (knowledge: SelfKnowledge) => void): Promise<void> {
    for (;;) {
      const pause = this.#isWell() ? usualPauseMillis : shortPauseMillis;
      const due = await this.#ports.clock.wait(pause, signal).then(
        () => true,
        () => false,
      );
      if (!due) return;
      onChecked(await this.run());
    }
  }

  #isWell(): boolean {
    const roles = judgeRoles(this.#knowledge, this.#ports.allowedRoles).kind;
    const ownership = judgeOwnership(this.#knowledge, this.#ports.catalog()).kind;
    return roles === 'fitting' && (ownership === 'complete' || ownership === 'not_needed');
  }

  /** What was granted and what the token names, together: a role counts while either says so. */
  async #roles(
    principal: Known<ObjectId>,
    claimed: readonly string[] | undefined,
    deadline: EpochMillis,
  ): Promise<Known<readonly HeldRole[]>> {
    const fromToken: Known<readonly HeldRole[]> | undefined = claimed && this.#known(heldRoles([], claimed));
    if (!principal.known) return fromToken ?? principal;
    const { answer } = await this.#inquiry.ask(
      'roles',
      deadline,
      (call) => this.#ports.directory.rolesOf(principal.value, call),
      (granted) => this.#roleFindings(heldRoles(granted, claimed)),
    );
    return answer.known ? this.#known(heldRoles(answer.value, claimed)) : (fromToken ?? answer);
  }

  async #owned(
    principal: Known<ObjectId>,
    roles: Known<readonly HeldRole[]>,
    deadline: EpochMillis,
  ): Promise<Known<ReadonlySet<string>>> {
    if (!principal.known) return principal;
    const { answer } = await this.#inquiry.ask(
      'ownership',
      deadline,
      (call) => this.#ports.directory.ownedBy(principal.value, call),
      (owned) => this.#ownershipFindings(roles, owned),
    );
    return answer;
  }

  #roleFindings(value: readonly HeldRole[]): readonly string[] {
    const verdict = judgeRoles({ roles: this.#known(value) }, this.#ports.allowedRoles);
    if (verdict.kind === 'excessive') return verdict.excess.map(({ role }) => `role_not_allowed ${role}`);
    return verdict.kind === 'powerless' ? ['role_missing Application.ReadWrite.OwnedBy'] : [];
  }

  #ownershipFindings(roles: Known<readonly HeldRole[]>, owned: ReadonlySet<string>): readonly string[] {
    const verdict = judgeOwnership({ roles, owned: this.#known(owned) }, this.#ports.catalog());
    return 'missing' in verdict ? verdict.missing.map((id) => `not_owned ${id}`) : [];
  }

  async #claimedRoles(): Promise<readonly string[] | undefined> {
    return this.#ports.tokens.token().then(
      (token) => token.claimedRoles(),
      () => undefined,
    );
  }

  #known<Value>(value: Value): Known<Value> & { readonly known: true } {
    return { known: true, value, at: this.#ports.clock.now() };
  }
}

/** Where there was no token moments ago, asking for one again would only make the check wait. */
function mayHaveToken(principal: Known<ObjectId>): boolean {
  return (
    principal.known || !['credential_unavailable', 'deadline_exceeded', 'audit_unavailable'].includes(principal.reason)
  );
}

function heldRoles(granted: readonly AppRoleAssignment[], claimed: readonly string[] = []): readonly HeldRole[] {
  const held: HeldRole[] = granted.map((assignment) => ({ role: assignment.role, assignment }));
  // A granted role whose value is not known here may be one that the token names: better told twice than not at all.
  return [...held, ...claimed.filter((role) => !held.some((other) => other.role === role)).map((role) => ({ role }))];
}

function laterOf<Value>(before: Known<Value>, now: Known<Value>): Known<Value> {
  return now.known || !before.known ? now : before;
}
