import type { JobId } from '#kernel';
import { quarantineOf } from './quarantine.ts';

const job = (code: string, quarantine?: unknown) => ({
  id: 'job' as JobId,
  schedule: { state: 'Active' },
  status: { code, ...(quarantine !== undefined && { quarantine }) },
});

describe('quarantineOf', () => {
  it.each([
    ['Active', undefined],
    ['Active', null],
    ['Paused', null],
  ])('a job that is %s with %j is in none', (code, quarantine) => {
    expect(quarantineOf(job(code, quarantine))).toBeUndefined();
  });

  it.each([
    ['Quarantine', { reason: 'TooManyDeletes' }, { reason: 'TooManyDeletes' }],
    ['Paused', { reason: 'TooManyDeletes' }, { reason: 'TooManyDeletes' }],
    ['Quarantine', null, {}],
    ['Quarantine', undefined, {}],
    ['Quarantine', { reason: 5 }, {}],
    ['Quarantine', { reason: 'a\nb\u202e' }, { reason: 'ab' }],
    ['Paused', 'odd', {}],
  ])('a job that is %s with %j is in one: %j', (code, quarantine, expected) => {
    expect(quarantineOf(job(code, quarantine))).toEqual(expected);
  });
});
