import { ClientId, type EpochMillis, type EventId, type IntentReceipt, issueIntentReceipt, ObjectId } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { GraphCalls } from './graph-calls.ts';
import { GraphTokens } from './graph-tokens.ts';
import { type GraphReply, type GraphRequest, GraphTransport } from './graph-transport.ts';
import { HttpGraphDirectory } from './http-graph-directory.ts';

const appId = ClientId.parse('a0000000-0000-4000-8000-000000000001', 'client');
const principal = ObjectId.parse('b0000000-0000-4000-8000-000000000001', 'principal');
const owned = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
const below = `/v1.0/servicePrincipals/${principal}`;

class Tokens extends GraphTokens {
  override token(): Promise<AccessToken> {
    return Promise.resolve(AccessToken.received('token', 0 as EpochMillis, Number.MAX_SAFE_INTEGER as EpochMillis));
  }

  override renew(rejected: AccessToken): Promise<AccessToken> {
    return Promise.resolve(rejected);
  }
}

/** Answers each request with the next of its bodies. */
class Transport extends GraphTransport {
  override readonly host = 'graph.example';
  readonly seen: GraphRequest[] = [];
  readonly #bodies: unknown[];

  constructor(bodies: readonly unknown[]) {
    super();
    this.#bodies = [...bodies];
  }

  override send(request: GraphRequest): Promise<GraphReply> {
    this.seen.push(request);
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(this.#bodies.shift())) });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

function setUp(...bodies: readonly unknown[]) {
  const clock = new FakeClock();
  const transport = new Transport(bodies);
  const directory = new HttpGraphDirectory(
    new GraphCalls({ transport, tokens: new Tokens(), clock, random: () => 0.5 }),
  );
  const receipt = issueIntentReceipt('01890a5d-ac96-774b-bcce-b302099a8057' as EventId, 0);
  return { transport, directory, call: { receipt, deadline: (clock.now() + 10_000) as EpochMillis } };
}

const page = (value: readonly unknown[], nextLink?: string) => ({ value, '@odata.nextLink': nextLink });

describe('what Interlock asks Graph about itself', () => {
  it('is its service principal, by app id', async () => {
    const { directory, call, transport } = setUp({ id: principal.toUpperCase(), appId });

    expect(await directory.principalOf(appId, call)).toMatchObject({
      kind: 'done',
      value: principal,
      evidence: { method: 'GET', pathTemplate: "/v1.0/servicePrincipals(appId='{appId}')", attempts: 1 },
    });
    expect(transport.seen[0]?.path).toBe(`/v1.0/servicePrincipals(appId='${appId}')?$select=id,appId`);
  });

  it('is not taken from a reply about another app', async () => {
    const { directory, call } = setUp({ id: principal, appId: owned(1) });

    expect(await directory.principalOf(appId, call)).toMatchObject({ kind: 'refused', refusal: 'malformed_reply' });
  });

  it('is its app roles, by name where they are known, without the default access', async () => {
    const assignment = (id: string, appRoleId: string) => ({ id, appRoleId, resourceDisplayName: 'Microsoft Graph' });
    const { directory, call } = setUp(
      page([
        assignment('one', '18A4783C-866b-4cc7-a460-3d5e5662c884'),
        assignment('two', owned(9)),
        assignment('three', '00000000-0000-0000-0000-000000000000'),
      ]),
    );

    expect(await directory.rolesOf(principal, call)).toMatchObject({
      kind: 'done',
      value: [
        { id: 'one', role: 'Application.ReadWrite.OwnedBy', resource: 'Microsoft Graph' },
        { id: 'two', role: owned(9) },
      ],
    });
  });

  it('is refused whole when an assignment id could be more than a word to a shell', async () => {
    const { directory, call } = setUp(page([{ id: '$(reboot)', appRoleId: owned(1) }]));

    expect(await directory.rolesOf(principal, call)).toMatchObject({ refusal: 'malformed_reply' });
  });

  it('is everything that it owns, over all pages', async () => {
    const next = `https://graph.example${below}/ownedObjects?$skiptoken=2`;
    const { directory, call, transport } = setUp(page([{ id: owned(1) }], next), page([{ id: owned(2) }]));

    const result = await directory.ownedBy(principal, call);
    expect(result).toMatchObject({ kind: 'done', value: new Set([owned(1), owned(2)]) });
    expect(transport.seen.map(({ path }) => path)).toEqual([
      `${below}/ownedObjects?$select=id&$top=999`,
      `${below}/ownedObjects?$skiptoken=2`,
    ]);
  });

  it.each([
    ['another host', `https://evil.example${below}/ownedObjects?$skiptoken=2`],
    ['another collection', `https://graph.example${below}/owners?$skiptoken=2`],
  ])('does not follow a next link to %s', async (_, next) => {
    const { directory, call, transport } = setUp(page([{ id: owned(1) }], next), page([]));

    expect(await directory.ownedBy(principal, call)).toMatchObject({ refusal: 'malformed_reply' });
    expect(transport.seen).toHaveLength(1);
  });

  it('is not asked without the receipt of a committed intent', async () => {
    const { directory, call, transport } = setUp({ id: principal, appId });
    const forged: IntentReceipt = { ...call.receipt };

    await expect(directory.principalOf(appId, { ...call, receipt: forged })).rejects.toThrow(TypeError);
    expect(transport.seen).toEqual([]);
  });
});
