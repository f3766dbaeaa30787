import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import { type FuzzResult, fuzzBroker } from '../support/fuzz-run.ts';
import { isForbidden } from '../support/graph-allow-list.ts';
import { jobPath, jobsPath } from '../support/interlock.ts';

describe('3,000 hostile and half-valid requests', () => {
  // `npm run torture -- fuzz` sends 200,000.
  let result: FuzzResult;
  beforeAll(async () => {
    result = await fuzzBroker(3_000, 1);
  });

  it('bring nothing to Graph but list, get, pause, start and the reads that Interlock makes of itself', () => {
    expect(result.forbidden).toEqual([]);
  });

  it('do bring those, so that the way to Graph was really tried', () => {
    expect(Object.keys(result.operations)).toEqual(
      expect.arrayContaining(['job.list', 'job.get', 'job.pause', 'job.start']),
    );
  });

  it('are never answered with 500, and are refused in every way there is', () => {
    expect(result.failed).toEqual([]);
    expect([...result.replies.keys()]).not.toContain('500');
    expect([...result.replies.keys()]).toEqual(
      expect.arrayContaining(['200', '204', '400', '401', '403', '404', '405', '409', '413', '414', '415', '431']),
    );
  });

  it('leave a broker that still stops in order', () => {
    expect(result.exitCode).toBe(0);
  });
});

describe('the list of what may arrive at Graph', () => {
  const arrived = { query: '', dangerous: false, bodyLength: 0, service: 'graph' } as const;
  const path = jobPath(jobs.hrInbound);

  it.each([
    ['GET', jobsPath(jobs.scim.servicePrincipalId)],
    ['POST', `${path}/pause`],
  ])('has %s %s', (method, allowed) => {
    expect(isForbidden({ ...arrived, method, path: allowed })).toBe(false);
  });

  it.each([
    ['POST', `${path}/restart`],
    ['DELETE', path],
    ['GET', `${path}/schema`],
    ['GET', `${path}/pause`],
    ['POST', `${path}/pause/`],
    ['GET', `${jobsPath(jobs.scim.servicePrincipalId)}/..`],
    ['PUT', `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/secrets`],
  ])('has no %s %s', (method, forbidden) => {
    expect(isForbidden({ ...arrived, method, path: forbidden })).toBe(true);
  });

  it('has no body and no query that is not its own', () => {
    expect(isForbidden({ ...arrived, method: 'POST', path: `${path}/start`, bodyLength: 2 })).toBe(true);
    expect(isForbidden({ ...arrived, method: 'GET', path, query: '%24expand=schema' })).toBe(true);
  });
});
