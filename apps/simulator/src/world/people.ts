/** People of the default world who can sign in interactively, each by what they are there for. */
export const people = {
  operator: {
    id: '80000000-0000-4000-8000-000000000011',
    displayName: 'Olga Marsh',
    userPrincipalName: 'olga.marsh@contoso.example',
    roles: ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'],
  },
  reviewer: {
    id: '80000000-0000-4000-8000-000000000012',
    displayName: 'Rui Tanaka',
    userPrincipalName: 'rui.tanaka@contoso.example',
    roles: ['Audit.Read', 'Policy.Read'],
  },
  both: {
    id: '80000000-0000-4000-8000-000000000013',
    displayName: 'Bea Lindqvist',
    userPrincipalName: 'bea.lindqvist@contoso.example',
    roles: ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start', 'Holds.Override', 'Audit.Read', 'Audit.Disclose', 'Policy.Read'],
  },
  nobody: {
    id: '80000000-0000-4000-8000-000000000014',
    displayName: 'Noor Ellis',
    userPrincipalName: 'noor.ellis@contoso.example',
    roles: [],
  },
} as const;

/** The same people as users of a directory, with their roles on the API. */
export function peopleOf(apiAppId: string): object[] {
  return Object.values(people).map(({ roles, ...user }) => ({
    ...user,
    grants: roles.map((role) => ({ resourceAppId: apiAppId, role })),
  }));
}
