import { AccessToken, GraphTokens, ownedByRole } from '#graph';
import { ClientId, type EpochMillis } from '#kernel';
import { readPolicy } from '#policy';
import { FakeClock, MemoryRecorder, ScriptedDirectory, someEvidence } from '#testing';
import { OutcomeRecorder } from './outcome-recorder.ts';
import { SelfCheck } from './self-check.ts';
import { judgeOwnership, judgeRoles } from './self-knowledge.ts';

const principal = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
const ownedBy = { roleId: ownedByRole.id, role: ownedByRole.value };
const directoryWrite = { roleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7', role: 'Directory.ReadWrite.All' };
const policyText = `
version: 1
jobs:
  hr: { servicePrincipalId: ${principal(1)}, jobId: one }
  scim: { servicePrincipalId: ${principal(2)} }
rules: [{ id: nobody-starts, effect: deny, actions: [start] }]
`;
const reading = readPolicy(Buffer.from(policyText), 'policy.yaml');
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { catalog } = reading.policy;

/** A token with these roles in its payload, or one that cannot be read. */
class Tokens extends GraphTokens {
  roles: readonly string[] | undefined = [ownedBy.role];

  override token(): Promise<AccessToken> {
    const payload = Buffer.from(JSON.stringify({ roles: this.roles })).toString('base64url');
    const text = this.roles === undefined ? 'opaque' : `e30.${payload}.`;
    return Promise.resolve(AccessToken.received(text, 0 as EpochMillis, 3_600_000 as EpochMillis));
  }

  override renew(rejected: AccessToken): Promise<AccessToken> {
    return Promise.resolve(rejected);
  }
}

function setUp({ allowedRoles = [ownedBy.role] as readonly string[] } = {}) {
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  const directory = new ScriptedDirectory();
  directory.grant(ownedBy);
  directory.own(principal(1), principal(2));
  const tokens = new Tokens();
  const outcomes = new OutcomeRecorder(audit, clock);
  const clientId = ClientId.parse('a0000000-0000-4000-8000-000000000001', 'client');
  const check = new SelfCheck({
    audit,
    outcomes,
    directory,
    tokens,
    clock,
    clientId,
    allowedRoles,
    catalog: () => catalog,
  });
  const verdicts = async () => {
    const knowledge = await check.run();
    return { roles: judgeRoles(knowledge, allowedRoles), ownership: judgeOwnership(knowledge, catalog) };
  };
  return { clock, audit, directory, tokens, check, verdicts };
}

const unavailable = { kind: 'refused', refusal: 'unavailable', evidence: someEvidence } as const;

describe('a self-check', () => {
  it('records an intent before each question and its outcome after it', async () => {
    const { check, audit, directory } = setUp();
    const asked: number[] = [];
    audit.away = () => {
      asked.push(directory.calls.length);
      return false;
    };
    await check.run();

    expect(directory.calls).toEqual(['principalOf', 'rolesOf', 'ownedBy']);
    expect(asked).toEqual([0, 1, 1, 2, 2, 3]);
    expect(audit.events).toMatchObject([
      { type: 'self-check.intent', check: 'principal' },
      { type: 'self-check.outcome', check: 'principal', parent: 'event-0', outcome: 'success' },
      { type: 'self-check.intent', check: 'roles' },
      { type: 'self-check.outcome', check: 'roles', parent: 'event-2' },
      { type: 'self-check.intent', check: 'ownership' },
      { type: 'self-check.outcome', check: 'ownership', parent: 'event-4' },
    ]);
  });

  it('asks Graph nothing while the log cannot take the intent', async () => {
    const { audit, directory, tokens, verdicts } = setUp();
    audit.away = () => true;
    tokens.roles = undefined;

    expect(await verdicts()).toEqual({
      roles: { kind: 'unknown', reason: 'audit_unavailable' },
      ownership: { kind: 'unknown', reason: 'audit_unavailable' },
    });
    expect(directory.calls).toEqual([]);
  });

  it('is content with OwnedBy and every catalogued service principal owned', async () => {
    expect(await setUp().verdicts()).toMatchObject({ roles: { kind: 'fitting' }, ownership: { kind: 'complete' } });
  });

  it.each([
    ['granted', [ownedBy.role], [ownedBy, directoryWrite]],
    ['in the token only, as after a role was taken away', [ownedBy.role, directoryWrite.role], [ownedBy]],
  ])('finds a role too many that is %s, and records it', async (_, claimed, granted) => {
    const { verdicts, tokens, directory, audit } = setUp();
    tokens.roles = claimed;
    directory.grant(...granted);

    expect(await verdicts()).toMatchObject({
      roles: { kind: 'excessive', excess: [{ role: directoryWrite.role }] },
    });
    expect(audit.events[3]).toMatchObject({ findings: ['role_not_allowed Directory.ReadWrite.All'] });
  });

  it.each([directoryWrite.role, directoryWrite.roleId.toUpperCase()])(
    'lets pass what is allowed as %s',
    async (name) => {
      const { verdicts, directory } = setUp({ allowedRoles: [ownedBy.role, name] });
      directory.grant(ownedBy, directoryWrite);

      expect((await verdicts()).roles.kind).toBe('fitting');
    },
  );

  it('finds that nothing lets it pause', async () => {
    const { verdicts, directory, tokens } = setUp();
    directory.grant();
    tokens.roles = [];

    expect((await verdicts()).roles).toEqual({ kind: 'powerless' });
  });

  it('names the service principals that are not owned, and tells some from none', async () => {
    const { verdicts, directory, audit } = setUp();
    directory.own(principal(1));
    expect((await verdicts()).ownership).toEqual({ kind: 'partial', missing: [principal(2)] });
    expect(audit.events[5]).toMatchObject({ findings: [`not_owned ${principal(2)}`] });

    directory.own();
    expect((await verdicts()).ownership).toEqual({ kind: 'none', missing: [principal(1), principal(2)] });
  });

  it('needs no ownership where a permission for every job was allowed', async () => {
    const everyJob = { roleId: '9b50c33d-700f-43b1-b2eb-87e89b703581', role: 'Synchronization.ReadWrite.All' };
    const { verdicts, directory } = setUp({ allowedRoles: [ownedBy.role, everyJob.role] });
    directory.grant(ownedBy, everyJob);
    directory.own();

    expect((await verdicts()).ownership).toEqual({ kind: 'not_needed' });
  });

  it('knows the roles from the token when Graph does not answer, and does not know the ownership', async () => {
    const { verdicts, directory } = setUp();
    directory.principal = unavailable;

    expect(await verdicts()).toMatchObject({
      roles: { kind: 'fitting' },
      ownership: { kind: 'unknown', reason: 'graph_unavailable' },
    });
  });

  it('does not let an outage clear an alarm', async () => {
    const { verdicts, directory, tokens } = setUp();
    directory.grant(ownedBy, directoryWrite);
    await verdicts();
    tokens.roles = undefined;
    directory.principal = unavailable;

    expect((await verdicts()).roles.kind).toBe('excessive');
  });

  it('comes again after an hour when all is well, after five minutes when it is not, until it is stopped', async () => {
    const { check, clock, directory } = setUp();
    await check.run();
    const stopping = new AbortController();
    let checks = 0;
    const ended = check.keepChecking(stopping.signal, () => (checks += 1));
    await clock.advance(3_599_000);
    expect(checks).toBe(0);

    directory.own();
    await clock.advance(1_000);
    expect(checks).toBe(1);
    await clock.advance(300_000);
    expect(checks).toBe(2);

    stopping.abort();
    await ended;
    expect(checks).toBe(2);
  });
});
