import fc from 'fast-check';
import { type JobRef, parseJobRef } from '#kernel';
import { jobPath, jobsPath, nextPagePath, pausePath, startPath } from './graph-path.ts';

const principal = '7b0b4a52-0000-4000-8000-000000000001';
const job = parseJobRef(principal.toUpperCase(), 'Workday2AAD.e4bbf44533ea4eabb17027f3a92e92aa');
const jobs = `/v1.0/servicePrincipals/${principal}/synchronization/jobs`;

describe('paths to Graph', () => {
  it('are those that Graph documents', () => {
    expect(jobsPath(job.servicePrincipalId).path).toBe(jobs);
    expect(jobPath(job).path).toBe(`${jobs}/Workday2AAD.e4bbf44533ea4eabb17027f3a92e92aa`);
    expect(pausePath(job).path).toBe(`${jobs}/Workday2AAD.e4bbf44533ea4eabb17027f3a92e92aa/pause`);
    expect(pausePath(job).template).toBe('/v1.0/servicePrincipals/{id}/synchronization/jobs/{jobId}/pause');
    expect(startPath(job).path).toBe(`${jobs}/Workday2AAD.e4bbf44533ea4eabb17027f3a92e92aa/start`);
    expect(startPath(job).template).toBe('/v1.0/servicePrincipals/{id}/synchronization/jobs/{jobId}/start');
  });

  it.each([
    ['pause', pausePath],
    ['start', startPath],
  ])('cannot be bent even by ids that no parser has seen: %s', (name, pathTo) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary-ascii' }), (text) => {
        fc.pre(text !== '.' && text !== '..');
        const { path } = pathTo({ servicePrincipalId: principal, jobId: text } as JobRef);
        const url = new URL(path, 'https://graph.example');
        expect([url.host, url.search, url.hash]).toEqual(['graph.example', '', '']);
        expect(url.pathname.split('/')).toHaveLength(8);
        expect(url.pathname.endsWith(`/${name}`)).toBe(true);
      }),
    );
  });
});

describe('nextPagePath', () => {
  const follow = (link: string) => nextPagePath(link, 'graph.example', jobsPath(job.servicePrincipalId));

  it('follows a link to a further page of the same list', () => {
    expect(follow(`https://graph.example${jobs}?$skiptoken=a%2Fb`)).toBe(`${jobs}?$skiptoken=a%2Fb`);
    expect(follow(`https://graph.example${jobs}/?$top=1`)).toBe(`${jobs}?$top=1`);
    expect(follow(`https://GRAPH.example:443${jobs.replace(principal, principal.toUpperCase())}?a#b`)).toBe(
      `${jobs}?a`,
    );
  });

  it.each([
    `https://evil.example${jobs}?a`,
    `https://graph.example.evil.example${jobs}?a`,
    `https://graph.example:8443${jobs}?a`,
    `https://graph.example@evil.example${jobs}?a`,
    `https://user@graph.example${jobs}?a`,
    `http://graph.example${jobs}?a`,
    `//graph.example${jobs}?a`,
    `${jobs}?a`,
    `https://graph.example${jobs}/x/pause?a`,
    `https://graph.example${jobs}/../../owners?a`,
    `https://graph.example${jobs}/%2e%2e/secrets?a`,
    `https://graph.example/v1.0/users?a`,
    `https://graph.example/beta/servicePrincipals/${principal}/synchronization/jobs?a`,
    'not a link',
    '',
  ])('does not follow %s', (link) => {
    expect(follow(link)).toBeUndefined();
  });
});
