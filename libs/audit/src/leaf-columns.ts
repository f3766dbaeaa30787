import type { Leaf } from './leaf.ts';
import type { LeafColumns } from './log-store.ts';
import { present } from './present.ts';

/** The copies of a leaf's members that queries use, taken from the same object that is encoded. */
export function leafColumns(leaf: Leaf): LeafColumns {
  return present<LeafColumns>({
    type: leaf.type,
    time: leaf.time,
    parent: leaf.parent,
    actor: leaf.actor?.ref,
    application: leaf.actor?.app_id,
    action: leaf.action,
    servicePrincipalId: leaf.resource?.sp_id,
    jobId: leaf.resource?.job_id,
    decision: leaf.decision,
    outcome: leaf.outcome,
    rule: leaf.rule_id,
    ticket: leaf.ticket?.id,
    requestId: leaf.corr?.request_id,
    clientRequestId: leaf.corr?.client_request_id,
  });
}
