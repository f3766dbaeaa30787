/**
 * Application permissions of Microsoft Graph, by id, that a token for provisioning is likely to hold, wanted or not. The
 * ids are the same in every tenant and cloud.
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
const valueById: Readonly<Record<string, string>> = {
  '18a4783c-866b-4cc7-a460-3d5e5662c884': 'Application.ReadWrite.OwnedBy',
  '9b50c33d-700f-43b1-b2eb-87e89b703581': 'Synchronization.ReadWrite.All',
  '5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce': 'Synchronization.Read.All',
  '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30': 'Application.Read.All',
  '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9': 'Application.ReadWrite.All',
  '19dbc75e-c2e2-444c-a770-ec69d8559fc7': 'Directory.ReadWrite.All',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61': 'Directory.Read.All',
  '06b708a9-e830-4db3-a914-8e69da51d44f': 'AppRoleAssignment.ReadWrite.All',
  '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8': 'RoleManagement.ReadWrite.Directory',
  'b0afded3-3588-46d8-8b3d-9842eff778da': 'AuditLog.Read.All',
};

/** The one permission that Interlock is made for, and its id. */
export const ownedByRole = {
  value: 'Application.ReadWrite.OwnedBy',
  id: '18a4783c-866b-4cc7-a460-3d5e5662c884',
} as const;

/** Given to whoever is assigned to an API without a role: it permits nothing by itself. */
export const defaultAccessRoleId = '00000000-0000-0000-0000-000000000000';

/** Value of an app role as it stands in a token; for a role that is not in the table its id, which no value looks like. */
export function roleOf(roleId: string): string {
  return valueById[roleId] ?? roleId;
}
