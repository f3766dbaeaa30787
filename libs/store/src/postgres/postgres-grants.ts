/**
 * SQL that gives a role what the running service needs and no more; the owner of the tables runs it, after each
 * migration. The role can neither change nor remove entries and tiles, nor move a log to another origin.
 */
export function postgresGrants(role: string): string {
  const grantee = `"${role.replaceAll('"', '""')}"`;
  return [
    'grant select, insert on audit_leaf, audit_tile, audit_private, subject',
    'grant select, insert (origin), update (size, edge, root, checkpoint) on audit_head',
    'grant select, insert, update on lease',
    // To see at start that the schema is current.
    'grant select on kysely_migration, kysely_migration_lock',
  ]
    .map((grant) => `${grant} to ${grantee};\n`)
    .join('');
}
