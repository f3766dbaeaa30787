import { setImmediate } from 'node:timers/promises';
import { FakeClock } from '#testing';
import { otherTenant, ourTenant, TokenIssuer } from '../../../test/support/token-issuer.ts';
import { SigningKeys } from './signing-keys.ts';
import { personalTenant } from './token-origin.ts';

function setUp() {
  const clock = new FakeClock();
  const issuer = new TokenIssuer(clock);
  return { clock, issuer, keys: new SigningKeys(issuer.trusted, issuer.fetcher, clock) };
}

/** Runs the loop until it waits, and counts the metadata that was read meanwhile. */
async function untilWaiting({ clock, issuer }: ReturnType<typeof setUp>): Promise<number> {
  while (clock.waiting === 0) await setImmediate();
  const read = issuer.fetcher.requests.filter((url) => url.endsWith('openid-configuration'));
  issuer.fetcher.requests.length = 0;
  return read.length;
}

describe('SigningKeys', () => {
  it('reads the metadata and keys of both versions of each tenant', async () => {
    const { issuer, keys } = setUp();
    await keys.refresh();
    expect(issuer.fetcher.requests.toSorted()).toEqual([
      `https://login.example/${ourTenant}/.well-known/openid-configuration`,
      `https://login.example/${ourTenant}/v2.0/.well-known/openid-configuration`,
      'https://login.example/common/discovery/keys',
      'https://login.example/common/discovery/v2.0/keys',
    ]);
    const { issuer: v1 } = await keys.of({ tenantId: ourTenant, version: '1.0' }).current();
    const v2 = await keys.of({ tenantId: ourTenant, version: '2.0' }).current();
    expect([v1, v2.issuer]).toEqual([issuer.issuer('1.0'), issuer.issuer('2.0')]);
    expect([...v2.keys.keys()]).toEqual(['current', 'next']);
  });

  it('stays fresh: now, hourly, every five minutes after a failure, and ends with the signal', async () => {
    const test = setUp();
    const stop = new AbortController();
    const loop = test.keys.keepFresh(stop.signal);
    expect(await untilWaiting(test)).toBe(2);

    await test.clock.advance(3_600_000 - 1);
    expect(await untilWaiting(test)).toBe(0);
    test.issuer.fetcher.down = true;
    await test.clock.advance(1);
    expect(await untilWaiting(test)).toBe(2);
    expect(test.keys.freshness()).toEqual([
      expect.objectContaining({ version: '1.0', failure: expect.objectContaining({ code: 'unreachable' }) as unknown }),
      expect.objectContaining({ version: '2.0', failure: expect.objectContaining({ code: 'unreachable' }) as unknown }),
    ]);

    test.issuer.fetcher.down = false;
    await test.clock.advance(300_000);
    expect(await untilWaiting(test)).toBe(2);
    for (const { fetchedAt, failure } of test.keys.freshness()) {
      expect([fetchedAt, failure]).toEqual([test.clock.now(), undefined]);
    }

    stop.abort();
    await expect(loop).resolves.toBeUndefined();
  });

  it('has no keys of a tenant that is not accepted', () => {
    const { keys } = setUp();
    expect(() => keys.of({ tenantId: otherTenant, version: '2.0' })).toThrow(TypeError);
  });

  it('refuses to trust nobody, everybody or an authority without TLS', () => {
    const { clock, issuer } = setUp();
    const make = (change: object) => () => new SigningKeys({ ...issuer.trusted, ...change }, issuer.fetcher, clock);
    expect(make({ tenants: [] })).toThrow(TypeError);
    expect(make({ tenants: [ourTenant, personalTenant] })).toThrow(TypeError);
    expect(make({ authority: 'http://login.example' })).toThrow(TypeError);
  });
});
