import { decodeJwt } from 'jose';
import { type CloudName, cloudNames, loginHosts } from '#kernel';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, jobPath, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';

interface Case {
  readonly cloud: CloudName;
  /** Where tokens are asked for, when not at the cloud's preferred host. */
  readonly authority?: string;
  readonly login: string;
  readonly graph: string;
}

const cases: readonly Case[] = [
  { cloud: 'global', login: 'login.microsoftonline.com', graph: 'graph.microsoft.com' },
  { cloud: 'usgov', login: 'login.microsoftonline.us', graph: 'graph.microsoft.us' },
  { cloud: 'dod', login: 'login.microsoftonline.us', graph: 'dod-graph.microsoft.us' },
  { cloud: 'china', login: 'login.partner.microsoftonline.cn', graph: 'microsoftgraph.chinacloudapi.cn' },
  {
    cloud: 'china',
    authority: 'https://login.chinacloudapi.cn',
    login: 'login.chinacloudapi.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
  },
];

const rights = { application: ids.hrPortal.appId, roles: ['Jobs.Read', 'Jobs.Pause'] };
const versions = [1, 2] as const;
const pause = (broker: BrokerProcess, token: string) =>
  call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });

const interlocks: Interlock[] = [];
const started = new Map<Case, { readonly interlock: Interlock; readonly broker: BrokerProcess }>();
beforeAll(async () => {
  await Promise.all(cases.map(start));
});
afterAll(async () => {
  await Promise.all(interlocks.map((interlock) => interlock.stop()));
});

async function start(each: Case): Promise<void> {
  const { cloud, authority } = each;
  const interlock = await Interlock.start({ cloud });
  interlocks.push(interlock);
  const broker = await interlock.broker({
    ...interlock.realHosts(cloud),
    ...(authority !== undefined && { AZURE_AUTHORITY_HOST: authority }),
  });
  started.set(each, { interlock, broker });
}

function startedFor(each: Case) {
  const found = started.get(each);
  if (found === undefined) throw new Error(`nothing was started for ${each.cloud}`);
  return found;
}

describe.each(cases.map((each) => ({ ...each, each })))(
  'in the cloud $cloud, at its own host names, with $login',
  ({ cloud, login, graph, each }) => {
    let interlock: Interlock;
    let broker: BrokerProcess;
    beforeAll(() => {
      ({ interlock, broker } = startedFor(each));
    });

    it('asks the right authority for the right scope and pauses at the right Graph', async () => {
      const reply = await pause(broker, await interlock.hrPortal());

      expect(reply.status).toBe(204);
      expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
      expect(interlock.cloud.journal({ operation: 'token' })).toMatchObject([
        { host: login, path: `/${ids.tenant}/oauth2/v2.0/token`, status: 200 },
      ]);
      expect(interlock.cloud.journal({ operation: 'job.pause' })).toMatchObject([{ host: graph, path: pausePath }]);
      const [issued = ''] = interlock.cloud.credentials().issued;
      expect(decodeJwt(issued).aud).toBe(`https://${graph}`);
    });

    it.each(versions)('accepts a v%i.0 token by the issuer of its own metadata', async (version) => {
      const token = await interlock.cloud.mintToken({ ...rights, version });

      expect((await call(broker.url + jobPath(jobs.hrInbound), { token })).status).toBe(200);
      const tail = version === 1 ? '' : 'v2.0/';
      const path = `/${ids.tenant}/${tail}.well-known/openid-configuration`;
      expect(interlock.cloud.journal({ operation: 'openid-configuration' })).toContainEqual(
        expect.objectContaining({ host: login, path, status: 200 }),
      );
    });

    // L4 and L5 share their token service, so that a token of one is a token of the other.
    const foreign = cloudNames.filter((other) => loginHosts[other][0] !== loginHosts[cloud][0]);

    it.each(foreign)('refuses a token of the cloud %s by its issuer', async (other) => {
      const token = await interlock.cloud.mintToken({ ...rights, cloud: other, version: 2 });

      const reply = await pause(broker, token);
      expect([reply.status, reply.code]).toEqual([401, 'issuer_not_allowed']);
    });

    it.each(foreign.flatMap((other) => versions.map((version) => ({ other, version }))))(
      'refuses a v$version token that $other signed with keys of its own',
      async ({ other, version }) => {
        const token = await interlock.cloud.mintToken({ ...rights, cloud: other, version, key: 'unknown' });

        expect((await pause(broker, token)).status).toBe(401);
      },
    );

    it('talks to no other host', () => {
      expect(new Set(interlock.cloud.journal().map(({ host }) => host))).toEqual(new Set([login, graph]));
    });
  },
);

it('trusts the real host names only with a certificate that it can verify', async () => {
  const interlock = await Interlock.start();
  const broker = await interlock.broker({ ...interlock.realHosts('global'), NODE_EXTRA_CA_CERTS: '' });
  const reply = await pause(broker, await interlock.hrPortal());

  expect([reply.status, reply.code]).toEqual([503, 'keys_unavailable']);
  expect(interlock.cloud.journal()).toEqual([]);
  await interlock.stop();
});
