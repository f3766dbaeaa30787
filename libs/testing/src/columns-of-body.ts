import type { LeafColumns } from '#audit';

/** Where each copied column stands in a leaf: written down a second time, so that a wrong copy is noticed. */
const pathOf: Readonly<Record<keyof LeafColumns, readonly string[]>> = {
  type: ['type'],
  time: ['time'],
  parent: ['parent'],
  actor: ['actor', 'ref'],
  application: ['actor', 'app_id'],
  action: ['action'],
  servicePrincipalId: ['resource', 'sp_id'],
  jobId: ['resource', 'job_id'],
  decision: ['decision'],
  outcome: ['outcome'],
  rule: ['rule_id'],
  ticket: ['ticket', 'id'],
  requestId: ['corr', 'request_id'],
  clientRequestId: ['corr', 'client_request_id'],
};

/** The columns that an entry with this body must have. For `checkLog`. */
export function columnsOfBody(body: Uint8Array): LeafColumns {
  const leaf: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  const found = Object.entries(pathOf).map(([name, path]) => [name, path.reduce(memberOf, leaf)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as unknown as LeafColumns;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
