/** appId of Microsoft Graph in every tenant of every cloud. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * The application permissions of Graph that matter here, with their real ids.
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
export const graphAppRoles = [
  { value: 'Application.ReadWrite.OwnedBy', id: '18a4783c-866b-4cc7-a460-3d5e5662c884' },
  { value: 'Synchronization.ReadWrite.All', id: '9b50c33d-700f-43b1-b2eb-87e89b703581' },
  { value: 'Synchronization.Read.All', id: '5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce' },
  { value: 'Application.Read.All', id: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30' },
  { value: 'Application.ReadWrite.All', id: '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9' },
  { value: 'Directory.ReadWrite.All', id: '19dbc75e-c2e2-444c-a770-ec69d8559fc7' },
  { value: 'Directory.Read.All', id: '7ab1d382-f21e-4acd-a863-ba3e13f7da61' },
  { value: 'AppRoleAssignment.ReadWrite.All', id: '06b708a9-e830-4db3-a914-8e69da51d44f' },
  { value: 'RoleManagement.ReadWrite.Directory', id: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8' },
  { value: 'AuditLog.Read.All', id: 'b0afded3-3588-46d8-8b3d-9842eff778da' },
  { value: 'SynchronizationData-User.Upload.OwnedBy', id: '25c32ff3-849a-494b-b94f-20a8ac4e6774' },
] as const;
