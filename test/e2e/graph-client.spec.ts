import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Client, GraphError } from '@microsoft/microsoft-graph-client';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { issueBrokerCertificate } from '../support/broker-certificate.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { Interlock, jobPath, jobsPath } from '../support/interlock.ts';
import { goodJustification, testPolicy } from '../support/policy-file.ts';

// The official SDK as its users have it: only base URL, host and token differ from a client of Graph itself.
let interlock: Interlock;
let broker: BrokerProcess;
/** One more rule of the list that the test policy ends with. */
const mayStart =
  '  - { id: may-start-scim, effect: allow, callers: [hr-portal], actions: [pause, start], jobs: [scim] }\n';
const trusted = getCACertificates('default');
const usualTimeout = setTimeout;

beforeAll(async () => {
  interlock = await Interlock.start();
  const { ca, settings } = await issueBrokerCertificate(interlock.folder, ['localhost', '127.0.0.1']);
  setDefaultCACertificates([...trusted, ca]);
  const policy = join(interlock.folder, 'with-start.yaml');
  writeFileSync(policy, `${testPolicy}${mayStart}`);
  broker = await interlock.broker({ ...settings, HOST: 'localhost', INTERLOCK_POLICY: policy });
});
afterAll(async () => {
  await interlock.stop();
  setDefaultCACertificates(trusted);
});
beforeEach(() => {
  interlock.cloud.reset();
  interlock.cloud.clearFaults();
  interlock.cloud.clearJournal();
});
afterEach(() => {
  globalThis.setTimeout = usualTimeout;
});

function clientWith(token: () => Promise<string>): Client {
  const url = new URL(broker.url);
  return Client.initWithMiddleware({
    baseUrl: `https://localhost:${url.port}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set(['localhost']),
    authProvider: { getAccessToken: token },
  });
}

const portal = () => clientWith(() => interlock.hrPortal());
const withoutVersion = (path: string) => path.replace('/v1.0', '');
const ofJob = (job: { readonly servicePrincipalId: string; readonly jobId: string }) => withoutVersion(jobPath(job));
const justified = {
  'Interlock-Reason': goodJustification.reason,
  'Interlock-Ticket': goodJustification.ticket,
};

/** The error that the SDK makes of a refusal. */
async function refusal(request: Promise<unknown>): Promise<GraphError> {
  const error: unknown = await request.catch((thrown: unknown) => thrown);
  if (error instanceof GraphError) return error;
  throw new Error('the request was not refused', { cause: error });
}

/** Lets the SDK's own waits end at once, and tells how long they would have been, in milliseconds. */
function skipWaits(): readonly number[] {
  const waits: number[] = [];
  const skipping = (run: () => void, millis = 0): NodeJS.Timeout => {
    if (millis < 1000) return usualTimeout(run, millis);
    waits.push(millis);
    return usualTimeout(run, 0);
  };
  globalThis.setTimeout = Object.assign(skipping, { __promisify__: usualTimeout.__promisify__ });
  return waits;
}

describe('@microsoft/microsoft-graph-client, unmodified, over TLS', () => {
  it('is told to come by https', () => {
    expect(broker.url).toMatch(/^https:/);
  });

  it('lists the jobs of a service principal', async () => {
    const { value } = (await portal()
      .api(withoutVersion(jobsPath(jobs.hrInbound.servicePrincipalId)))
      .get()) as {
      value: { id: string }[];
    };
    expect(value.map(({ id }) => id)).toEqual([jobs.hrInbound.jobId]);
  });

  it('gets a job', async () => {
    expect(await portal().api(ofJob(jobs.hrInbound)).get()).toMatchObject({
      id: jobs.hrInbound.jobId,
      schedule: { state: 'Active' },
    });
  });

  it.each([
    ['in the body', {}, goodJustification],
    ['in headers, with the empty body of an action', justified, undefined],
    ['in headers, with an empty object', justified, {}],
  ])('pauses a job, justified %s', async (_, headers, body) => {
    const reply: unknown = await portal()
      .api(`${ofJob(jobs.hrInbound)}/pause`)
      .headers(headers)
      .post(body);

    expect(reply).toBeUndefined();
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });

  it('starts a paused job, and hears 409 for one that runs', async () => {
    const roles = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
    const starter = clientWith(() => interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles }));
    const job = ofJob(jobs.scim);
    await starter.api(`${job}/pause`).post(undefined);
    const reply: unknown = await starter.api(`${job}/start`).post(undefined);

    expect(reply).toBeUndefined();
    expect(interlock.cloud.jobState(jobs.scim)).toMatchObject({ kind: 'active' });
    expect(await refusal(starter.api(`${job}/start`).post(undefined))).toMatchObject({
      statusCode: 409,
      code: 'Conflict',
    });
  });

  it('receives a denial with code, message and request id', async () => {
    const error = await refusal(
      portal()
        .api(`${ofJob(jobs.hrInbound)}/pause`)
        .post({}),
    );

    expect(error).toMatchObject({
      statusCode: 403,
      code: 'Authorization_RequestDenied',
      message: expect.stringContaining('ticket: must match CHG[0-9]{7}'),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(error.headers?.get('request-id')).toBe(error.requestId);
    expect(Number.isNaN(error.date.getTime())).toBe(false);
  });

  it.each([
    [
      'an unknown job',
      () =>
        portal()
          .api(`${ofJob(jobs.scim)}x`)
          .get(),
      403,
      'Authorization_RequestDenied',
    ],
    ['a malformed id', () => portal().api('/servicePrincipals/nobody/synchronization/jobs').get(), 400, 'BadRequest'],
    ['a path of Graph that Interlock does not have', () => portal().api('/users').get(), 404, 'ResourceNotFound'],
    [
      'a token that is none',
      () =>
        clientWith(() => Promise.resolve('none'))
          .api(ofJob(jobs.scim))
          .get(),
      401,
      'InvalidAuthenticationToken',
    ],
  ])('receives Graph’s kind of error for %s', async (_, request, statusCode, code) => {
    expect(await refusal(request())).toMatchObject({ statusCode, code, message: expect.stringMatching(/\S/) });
  });

  it('is told that Interlock, not the caller, lacks the ownership', async () => {
    const request = portal()
      .api(`${ofJob(jobs.notOwned)}/pause`)
      .headers(justified)
      .post(undefined);
    expect(await refusal(request)).toMatchObject({ statusCode: 502, code: 'BadGateway' });
  });

  it('waits as long as Retry-After of Graph says, then pauses', async () => {
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      effect: { kind: 'throttle', retryAfter: { seconds: 60 } },
    });
    const waits = skipWaits();
    await portal()
      .api(`${ofJob(jobs.hrInbound)}/pause`)
      .headers(justified)
      .post(undefined);

    expect(waits).toEqual([60_000]);
    expect(interlock.cloud.journal({ operation: 'job.pause' })).toHaveLength(2);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });

  it('does not pause twice when nobody knows what became of the first time', async () => {
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      when: 'after',
      effect: { kind: 'reset' },
    });
    const waits = skipWaits();
    const request = portal()
      .api(`${ofJob(jobs.hrInbound)}/pause`)
      .headers(justified)
      .post(undefined);

    expect(await refusal(request)).toMatchObject({ statusCode: 502 });
    expect(waits).toEqual([]);
    expect(interlock.cloud.journal({ operation: 'job.pause' })).toHaveLength(1);
  });

  it('sends its token to the broker alone: Graph sees Interlock’s', async () => {
    await portal().api(ofJob(jobs.hrInbound)).get();
    expect(interlock.cloud.journal({ service: 'graph' }).map(({ caller }) => caller?.appId)).toEqual([
      ids.interlock.appId,
    ]);
  });
});
