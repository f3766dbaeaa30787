import type { Problem } from '../report/problem.ts';
import type { Leaf } from './leaf.ts';

/**
 * The columns beside an entry that must be copies of its members, and the path of each in the event (schema
 * `urn:interlock:audit-event:1`; docs/verifier.md has the same table).
 */
const pathOf = {
  event_id: ['id'],
  type: ['type'],
  time: ['time'],
  parent: ['parent'],
  actor: ['actor', 'ref'],
  application: ['actor', 'app_id'],
  action: ['action'],
  service_principal_id: ['resource', 'sp_id'],
  job_id: ['resource', 'job_id'],
  decision: ['decision'],
  outcome: ['outcome'],
  rule: ['rule_id'],
  ticket: ['ticket', 'id'],
  request_id: ['corr', 'request_id'],
  client_request_id: ['corr', 'client_request_id'],
} as const;

/** Names of the columns, in the order in which {@link checkColumns} takes their values. */
export const columnNames = Object.keys(pathOf);
const paths: readonly (readonly string[])[] = Object.values(pathOf);

/** Each column whose value differs from the entry's member; null is for a member that is absent. */
export function checkColumns(index: number, leaf: Leaf, columns: readonly unknown[]): Problem[] {
  const problems: Problem[] = [];
  for (let at = 0; at < paths.length; at += 1) {
    if ((leaf.text(paths[at] ?? []) ?? null) === columns[at]) continue;
    const name = columnNames[at] ?? '';
    problems.push({ code: `column:${name}`, index, detail: `Column ${name} is not what the entry says` });
  }
  return problems;
}
