import { inspect } from 'node:util';
import type { EpochMillis } from '#kernel';
import { AccessToken } from './access-token.ts';

const at = (millis: number) => millis as EpochMillis;
const minute = 60_000;
const token = (lifetime: number, refreshAfter?: number) =>
  AccessToken.received('canary', at(0), at(lifetime), refreshAfter);

describe('AccessToken', () => {
  it('gives its text as a header', () => {
    expect(token(minute).authorization()).toBe('Bearer canary');
  });

  it.each([
    ['JSON', (value: AccessToken) => JSON.stringify({ value })],
    ['inspect', (value: AccessToken) => inspect({ value }, { depth: Infinity, showHidden: true, getters: true })],
    ['a template', (value: AccessToken) => `${value.toString()}${String(value)}`],
    ['copying', (value: AccessToken) => JSON.stringify(Object.assign({}, value))],
    ['own keys', (value: AccessToken) => Reflect.ownKeys(value).join()],
  ])('shows nothing to %s', (_way, show) => {
    expect(show(token(minute))).not.toContain('canary');
  });

  it('counts as expired a minute ahead', () => {
    expect(token(60 * minute).usableAt(at(59 * minute - 1))).toBe(true);
    expect(token(60 * minute).usableAt(at(59 * minute))).toBe(false);
  });

  it('is due for renewal ten minutes ahead, or earlier when the token service says so', () => {
    expect(token(60 * minute).renewAt).toBe(50 * minute);
    expect(token(60 * minute, 30 * minute).renewAt).toBe(30 * minute);
    expect(token(60 * minute, 55 * minute).renewAt).toBe(50 * minute);
  });

  it('is due at half of a short life, not from birth', () => {
    expect(token(8 * minute).renewAt).toBe(4 * minute);
  });
});
