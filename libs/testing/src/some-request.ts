import type { RequestFacts } from '#audit';
import { type ApplicationCaller, ClientId, type EpochMillis, ObjectId, TenantId } from '#kernel';

/** Facts of a request whose content does not matter. */
export function someRequest(parts: Partial<RequestFacts> = {}): RequestFacts {
  return {
    requestId: '7d7c7b7a-0000-4000-8000-000000000001',
    receivedAt: 0 as EpochMillis,
    method: 'POST',
    route: '/synthetic',
    ip: '192.0.2.1',
    ...parts,
  };
}

/** An application that calls, whose ids end in `number`. */
export function someApplication(number = 1): ApplicationCaller {
  const guid = (digit: string): string => `${digit}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    kind: 'application',
    tenantId: TenantId.parse(guid('1'), 'tenant'),
    objectId: ObjectId.parse(guid('2'), 'object'),
    clientId: ClientId.parse(guid('3'), 'client'),
    roles: ['Jobs.Read', 'Jobs.Pause'],
    token: {
      issuer: 'https://issuer.example/',
      audience: 'api://interlock',
      version: '2.0',
      issuedAt: 0 as EpochMillis,
      expiresAt: 3_600_000 as EpochMillis,
      authenticationMethods: [],
    },
  };
}
