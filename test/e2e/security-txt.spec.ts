import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';

const path = '/.well-known/security.txt';

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

describe('/.well-known/security.txt', () => {
  it('tells anybody whom to tell of a vulnerability', async () => {
    const broker = await interlock.broker({ INTERLOCK_PUBLIC_URL: 'https://interlock.example' });
    const { status, headers, data } = await call(broker.url + path);

    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/plain; charset=utf-8' });
    expect(data).toMatch(
      /^Contact: mailto:security@interlock\.example\nExpires: \d{4}-\d\d-\d\dT00:00:00\.000Z\nCanonical: https:\/\/interlock\.example\/\.well-known\/security\.txt\n$/,
    );
    await broker.kill();
  });

  it('is an unknown address like any other where the operator named nobody', async () => {
    const broker = await interlock.broker({ INTERLOCK_SECURITY_CONTACT: '' });
    const token = await interlock.hrPortal();

    expect((await call(broker.url + path)).status).toBe(401);
    const known = await call(broker.url + path, { token });
    expect([known.status, known.code]).toEqual([404, 'route_not_found']);
  });
});
