import type { Caller, ClientId, DirectoryRoleId, ObjectId, TenantId } from '#kernel';
import { RuleSet } from '../rule-set.ts';

/** A principal that the policy file names. A `via` lets the person in through that client app only. */
export type CallerEntry =
  | { readonly kind: 'application'; readonly tenant: TenantId; readonly application: ClientId }
  | { readonly kind: 'user'; readonly tenant: TenantId; readonly user: ObjectId; readonly via?: ClientId }
  | {
      readonly kind: 'directoryRole';
      readonly tenant: TenantId;
      readonly directoryRole: DirectoryRoleId;
      readonly via?: ClientId;
    }
  | { readonly kind: 'role'; readonly tenant: TenantId; readonly role: string; readonly via?: ClientId };

/** The caller names of a rule; absent: everyone. */
export interface CallerRule {
  readonly callers?: ReadonlySet<string>;
}

/** Who a caller is to the policy: the entries that it matches and the rules that are about it. */
export interface Identified {
  readonly names: readonly string[];
  readonly rules: RuleSet;
}

interface Known {
  readonly name: string;
  readonly via: ClientId | undefined;
  readonly rules: RuleSet;
}

/** Which rules are about a caller. Only tenant and ids count, never a name: names can be changed by their owner. */
export class CallerIndex {
  readonly #known = new Map<string, Known[]>();
  readonly #everyone: RuleSet;

  constructor(entries: ReadonlyMap<string, CallerEntry>, rules: readonly CallerRule[]) {
    const where = (includes: (rule: CallerRule) => boolean): RuleSet =>
      RuleSet.where(rules.length, (index) => rules[index] !== undefined && includes(rules[index]));
    this.#everyone = where((rule) => rule.callers === undefined);
    for (const [name, entry] of entries) {
      const known = {
        name,
        via: entry.kind === 'application' ? undefined : entry.via,
        rules: where((rule) => !!rule.callers?.has(name)).or(this.#everyone),
      };
      const key = callerKey(entry);
      this.#known.set(key, [...(this.#known.get(key) ?? []), known]);
    }
  }

  identify(caller: Caller): Identified {
    const names: string[] = [];
    let rules = this.#everyone;
    for (const key of keysOf(caller)) {
      for (const known of this.#known.get(key) ?? []) {
        if (known.via !== undefined && known.via !== caller.clientId) continue;
        if (names.includes(known.name)) continue;
        rules = names.length === 0 ? known.rules : rules.or(known.rules);
        names.push(known.name);
      }
    }
    return { names, rules };
  }
}

/** Tenant, kind and id of the principals that an entry stands for. */
export function callerKey(entry: CallerEntry): string {
  switch (entry.kind) {
    case 'application':
      return `${entry.tenant} application ${entry.application}`;
    case 'user':
      return `${entry.tenant} user ${entry.user}`;
    case 'directoryRole':
      return `${entry.tenant} directoryRole ${entry.directoryRole}`;
    case 'role':
      return `${entry.tenant} role ${entry.role}`;
  }
}

/** An application is never matched by user entries, nor a person by the app they use: app-only trust is not theirs. */
function keysOf(caller: Caller): readonly string[] {
  const tenant = caller.tenantId;
  switch (caller.kind) {
    case 'application':
      return [`${tenant} application ${caller.clientId}`];
    case 'user':
      return [
        `${tenant} user ${caller.objectId}`,
        ...caller.directoryRoles.map((role) => `${tenant} directoryRole ${role}`),
        ...caller.roles.map((role) => `${tenant} role ${role}`),
      ];
  }
}
