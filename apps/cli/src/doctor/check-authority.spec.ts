import { endpointsOf } from '#graph';
import type { EpochMillis } from '#kernel';
import { authorityFinding, clockFinding, reachFinding } from './check-authority.ts';

const now = Date.UTC(2026, 0, 5, 9) as EpochMillis;
const later = (seconds: number) => (now + seconds * 1000) as EpochMillis;

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [30, 'ok'],
    [-30, 'ok'],
    [31, 'warn'],
    [-300, 'warn'],
    [301, 'fail'],
    [-301, 'fail'],
  ])('%i seconds from that of Microsoft is %s', (seconds, level) => {
    expect(clockFinding(later(seconds), now).level).toBe(level);
  });

  it('that is wrong is told with its direction', () => {
    expect(clockFinding(later(-400), now).message).toContain('400 s ahead of');
    expect(clockFinding(later(400), now).message).toContain('400 s behind');
  });

  it('is not called right when nobody told the time', () => {
    expect(clockFinding(undefined, now)).toMatchObject({ level: 'warn', code: 'clock_unchecked' });
  });
});

describe('a host that cannot be reached', () => {
  it.each([
    ['ENOTFOUND', /nslookup login\.example/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
  ])('for %s is told with what helps', (code, note) => {
    expect(reachFinding('graph', 'https://login.example', { reached: false, code }, now)).toMatchObject({
      level: 'fail',
      message: expect.stringContaining(code),
      remedy: { note: expect.stringMatching(note) },
    });
  });
});

describe('an authority', () => {
  const reached = { reached: true, protocol: 'TLSv1.3', certificateEnds: later(86_400) } as const;

  it('that does not know the tenant is a failure although it answers', () => {
    const finding = authorityFinding(endpointsOf('global'), { ...reached, status: 400 }, now);
    expect(finding).toMatchObject({ level: 'fail', code: 'tenant_unknown' });
  });

  it('that knows it tells how long its certificate lasts', () => {
    const finding = authorityFinding(endpointsOf('global'), { ...reached, status: 200 }, now);
    expect(finding).toMatchObject({ level: 'ok', message: expect.stringContaining('ends in 1 days') });
  });
});
