import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  AuditLog,
  type Disclosure,
  DisclosureKey,
  LogKey,
  type LogStore,
  openField,
  type OperationIntent,
  type StoredEntry,
  type StoredField,
} from '#audit';
import { ClientId, type JobId, ObjectId, ServicePrincipalId, TenantId } from '#kernel';
import { checkLog, columnsOfBody, FakeClock } from '#testing';

/** One for all logs: many of them may share a database. */
const testDisclosureKey = DisclosureKey.parse(DisclosureKey.generate());

/** A log and its key, opened as often as a test has replicas. */
export class TestLog {
  readonly clock = new FakeClock();
  readonly disclosureKey = testDisclosureKey;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(readonly origin: string) {
    const pair = generateKeyPairSync('ed25519');
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  open(store: LogStore, instance = 'replica-1'): Promise<AuditLog> {
    const key = LogKey.of(this.origin, this.#privateKey);
    const { clock, origin, disclosureKey } = this;
    return AuditLog.open({ store, clock, origin, key, disclosureKey, instance, build: 'test' });
  }

  /** Derives the log again from bytes: tree, tiles, signature, columns, personal fields. Gives the event ids in order. */
  async check(store: LogStore): Promise<readonly string[]> {
    const entries = await checkLog(store, {
      publicKey: this.#publicKey,
      columnsOf: columnsOfBody,
      openField: (field, entry) => this.#open(store, field, entry),
    });
    return entries.map(({ eventId }) => eventId);
  }

  async #open(store: LogStore, field: StoredField, { index, eventId }: StoredEntry): Promise<Disclosure> {
    if ('encoded' in field) throw new Error(`A personal field of entry ${index} is not sealed`);
    const wrapped = await store.dataKey(field.subject);
    if (wrapped === undefined) throw new Error(`A personal field of entry ${index} has no key`);
    const opened = openField(field, this.disclosureKey.unwrap(field.subject, wrapped), {
      origin: this.origin,
      eventId,
    });
    if (opened === undefined) throw new Error(`A personal field of entry ${index} does not open`);
    return opened;
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
