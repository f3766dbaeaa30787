import { readFileSync } from 'node:fs';
import { ownedByRole } from '#graph';
import { rights } from '#kernel';
import { z } from 'zod';

/** The members of Graph's resource `application` that the file uses, and no others. */
const registration = z
  .strictObject({
    displayName: z.literal('Interlock'),
    signInAudience: z.literal('AzureADMyOrg'),
    groupMembershipClaims: z.literal('DirectoryRole'),
    api: z.strictObject({
      requestedAccessTokenVersion: z.literal(2),
      oauth2PermissionScopes: z.array(
        z.strictObject({
          id: z.guid(),
          value: z.string(),
          adminConsentDisplayName: z.string(),
          adminConsentDescription: z.string(),
          type: z.literal('Admin'),
          isEnabled: z.literal(true),
        }),
      ),
    }),
    appRoles: z.array(
      z.strictObject({
        id: z.guid(),
        value: z.string(),
        displayName: z.string(),
        description: z.string(),
        isEnabled: z.literal(true),
        allowedMemberTypes: z.tuple([z.literal('Application'), z.literal('User')]),
      }),
    ),
    optionalClaims: z.strictObject({
      accessToken: z.tuple([
        z.strictObject({
          name: z.literal('idtyp'),
          essential: z.literal(false),
          additionalProperties: z.tuple([z.literal('include_user_token')]),
        }),
      ]),
    }),
    requiredResourceAccess: z.array(
      z.strictObject({
        resourceAppId: z.guid(),
        resourceAccess: z.array(z.strictObject({ id: z.guid(), type: z.literal('Role') })),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('docker/azure/app-registration.json', 'utf8')));

describe('the app registration', () => {
  it('offers exactly the rights of Interlock, to applications and people', () => {
    expect(registration.appRoles.map(({ value }) => value)).toEqual(rights);
    expect(new Set(registration.appRoles.map(({ id }) => id)).size).toBe(rights.length);
  });

  it('offers each right as a scope too, the same in id, name and text as Entra demands of equal values', () => {
    const scopes = registration.api.oauth2PermissionScopes.map((scope) => ({
      id: scope.id,
      value: scope.value,
      displayName: scope.adminConsentDisplayName,
      description: scope.adminConsentDescription,
    }));

    expect(scopes).toEqual(
      registration.appRoles.map(({ id, value, displayName, description }) => ({ id, value, displayName, description })),
    );
  });

  it('asks Microsoft Graph for the permission over owned applications and for nothing else', () => {
    expect(registration.requiredResourceAccess).toEqual([
      { resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccess: [{ id: ownedByRole.id, type: 'Role' }] },
    ]);
  });
});
