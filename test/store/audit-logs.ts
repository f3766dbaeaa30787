import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AuditLog, LogKey, type LogStore, type OperationIntent } from '#audit';
import { ClientId, type JobId, ObjectId, ServicePrincipalId, TenantId } from '#kernel';
import { checkLog, columnsOfBody, FakeClock } from '#testing';

/** A log and its key, opened as often as a test has replicas. */
export class TestLog {
  readonly clock = new FakeClock();
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(readonly origin: string) {
    const pair = generateKeyPairSync('ed25519');
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  open(store: LogStore, instance = 'replica-1'): Promise<AuditLog> {
    const key = LogKey.of(this.origin, this.#privateKey);
    return AuditLog.open({ store, clock: this.clock, origin: this.origin, key, instance, build: 'test' });
  }

  /** Derives the log again from bytes: tree, tiles, signature, columns. Gives the event ids in order. */
  async check(store: LogStore): Promise<readonly string[]> {
    const entries = await checkLog(store, { publicKey: this.#publicKey, columnsOf: columnsOfBody });
    return entries.map(({ eventId }) => eventId);
  }

  /** An intent that can be told from others by its request id. */
  intent(requestId: string): OperationIntent {
    const now = this.clock.now();
    const requests = { requestId, receivedAt: now, method: 'POST', route: '/pause', ip: '192.0.2.1' };
    return {
      type: 'pause.intent',
      request: requests,
      caller: {
        kind: 'application',
        tenantId: TenantId.parse('11111111-1111-4111-8111-111111111111', 'tenant'),
        objectId: ObjectId.parse('22222222-2222-4222-8222-222222222222', 'object'),
        clientId: ClientId.parse('33333333-3333-4333-8333-333333333333', 'client'),
        roles: ['Jobs.Pause'],
        token: {
          issuer: 'https://login.example/v2.0',
          audience: 'api://interlock',
          version: '2.0',
          issuedAt: now,
          expiresAt: now,
          authenticationMethods: [],
        },
      },
      action: 'pause',
      resource: {
        servicePrincipalId: ServicePrincipalId.parse('44444444-4444-4444-8444-444444444444', 'sp'),
        jobId: 'Workday2AAD.1' as JobId,
      },
      justification: { reason: 'Payroll correction under way', ticket: 'CHG0000001' },
      decision: { effect: 'allow', rule: 'hr-may-pause', policySha256: '0'.repeat(64), trace: [] },
    };
  }
}
