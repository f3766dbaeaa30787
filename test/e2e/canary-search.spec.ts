import { randomBytes } from 'node:crypto';
import { Canary } from '../support/canary.ts';

describe('the search for secrets', () => {
  const token = [40, 900, 256].map((length) => randomBytes(length).toString('base64url')).join('.');
  const [, payload = '', signature = ''] = token.split('.');

  it.each([
    ['a whole token', token],
    ['its payload', payload],
    ['its signature', signature],
    ['a token that is split over two pages', `${token.slice(0, 700)}\0\0\0\x04page${token.slice(700)}`],
    ['the first half of its signature', signature.slice(0, 171)],
    ['the first half of its payload', payload.slice(0, 600)],
  ])('finds %s among other bytes', (_, text) => {
    const canary = new Canary();
    canary.keepSecret('token', [token]);
    canary.observe('bytes', Buffer.concat([randomBytes(64), Buffer.from(text), randomBytes(64)]));

    expect(canary.leaks()).toEqual(['token 0 in bytes']);
  });

  it('finds a secret that is no token, and nothing where there is nothing', () => {
    const canary = new Canary();
    canary.keepSecret('secret', ['only-a-simulation']);
    canary.observe('log', 'wrong: only-a-simulation');
    canary.observe('reply', 'nothing');

    expect(canary.leaks()).toEqual(['secret 0 in log']);
  });
});
