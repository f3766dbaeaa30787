import { type AppRoleAssignment, type GraphCall, GraphDirectory, type GraphResult } from '#graph';
import { assertIntentReceipt, ObjectId } from '#kernel';
import { someEvidence } from './scripted-graph.ts';

const done = <Value>(value: Value): GraphResult<Value> => ({ kind: 'done', value, evidence: someEvidence });

/** What Graph says about ourselves, as the test says; insists on receipts as the real directory does. */
export class ScriptedDirectory extends GraphDirectory {
  /** Questions in order, such as `rolesOf`. */
  readonly calls: string[] = [];
  principal: GraphResult<ObjectId> = done(ObjectId.parse('b0000000-0000-4000-8000-000000000001', 'principal'));
  roles: GraphResult<readonly AppRoleAssignment[]> = done([]);
  owned: GraphResult<ReadonlySet<string>> = done(new Set<string>());

  /** Answers with these app roles, by id and value. */
  grant(...roles: readonly { readonly roleId: string; readonly role: string }[]): void {
    this.roles = done(roles.map((role, n) => ({ id: `assignment-${n}`, ...role })));
  }

  own(...objectIds: readonly string[]): void {
    this.owned = done(new Set(objectIds));
  }

  override principalOf(_: unknown, call: GraphCall): Promise<GraphResult<ObjectId>> {
    return this.#answer('principalOf', call, this.principal);
  }

  override rolesOf(_: unknown, call: GraphCall): Promise<GraphResult<readonly AppRoleAssignment[]>> {
    return this.#answer('rolesOf', call, this.roles);
  }

  override ownedBy(_: unknown, call: GraphCall): Promise<GraphResult<ReadonlySet<string>>> {
    return this.#answer('ownedBy', call, this.owned);
  }

  #answer<Value>(name: string, { receipt }: GraphCall, result: GraphResult<Value>): Promise<GraphResult<Value>> {
    assertIntentReceipt(receipt);
    this.calls.push(name);
    return Promise.resolve(result);
  }
}
