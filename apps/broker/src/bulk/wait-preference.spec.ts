import { waitPreferenceOf } from './wait-preference.ts';

describe('the preference for waiting', () => {
  it.each([
    [undefined, { seconds: 0 }],
    ['wait=10', { seconds: 10, applied: 'wait=10' }],
    ['wait = "5"; x=1', { seconds: 5, applied: 'wait=5' }],
    ['respond-async, wait=7', { seconds: 7, applied: 'wait=7' }],
    ['wait=600', { seconds: 30, applied: 'wait=30' }],
    ['wait=0', { seconds: 0, applied: 'wait=0' }],
    ['Respond-Async', { seconds: 0, applied: 'respond-async' }],
    ['wait=soon, return=minimal', { seconds: 0 }],
    ['wait=1.5', { seconds: 0 }],
    ['await=9', { seconds: 0 }],
  ])('of "%s" is %j', (prefer, preference) => {
    expect(waitPreferenceOf({ headers: { ...(prefer !== undefined && { prefer }) } })).toEqual(preference);
  });
});
