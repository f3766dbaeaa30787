/** Who the grants are for: the running service, or the commands that erase and prune. */
export type PostgresDuty = 'service' | 'maintenance';

const service = [
  'grant select, insert on audit_leaf, audit_tile, audit_private, subject, data_key, disclosure_key, policy_document',
  'grant select, insert (origin), update (size, edge, root, checkpoint) on audit_head',
  'grant select, insert on audit_checkpoint, audit_kept_entry, audit_cosignature',
  'grant select, insert, update on audit_anchor, lease, hold, job_change, alarm_destination',
  'grant select, insert, update, delete on hold_timer, alarm_parked, idempotency_claim, rate_limit, console_session',
  'grant select, insert, delete on one_time_use',
  // Items of an operation that is forgotten go with it.
  'grant select, insert, update on bulk_item',
  'grant select, insert, update, delete on bulk_operation',
  'grant delete on lease',
  // To see at start that the schema is current.
  'grant select on kysely_migration, kysely_migration_lock',
];

const maintenance = [
  ...service,
  'grant delete on audit_leaf, audit_private, subject',
  'grant update (min_index) on audit_head',
  'grant update on data_key, disclosure_key',
];

/**
 * SQL that gives a role what its duty needs and no more; the owner of the tables runs it, after each migration. The
 * service can neither change nor remove entries, tiles, keys and pseudonyms, nor move a log to another origin. Who does
 * maintenance can besides destroy keys, erase personal fields, and drop entries below a minimum index that only rises.
 */
export function postgresGrants(role: string, duty: PostgresDuty = 'service'): string {
  const grantee = `"${role.replaceAll('"', '""')}"`;
  return (duty === 'service' ? service : maintenance).map((grant) => `${grant} to ${grantee};\n`).join('');
}
