import { ClientId } from '#kernel';
import type { GraphReply } from './graph-transport.ts';
import { diagnoseRefusal } from './ownership.ts';

const ourself = ClientId.parse('a0000000-0000-4000-8000-00000000000f', 'client');
const reply = (status: number, body: unknown = ''): GraphReply => ({
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

describe('diagnoseRefusal', () => {
  it.each([
    ['we are one of the owners', reply(200, { value: [{ id: '1' }, { id: '2', appId: ourself.toUpperCase() }] })],
    ['we may not read the owners', reply(403)],
    ['we may not read the owners, and Graph says it its own way', reply(401)],
  ])('is a missing permission when %s', (_name, seen) => {
    expect(diagnoseRefusal(seen, ourself)).toBe('forbidden');
  });

  it.each([
    ['others are the owners', reply(200, { value: [{ id: '1', appId: '00000000-0000-4000-8000-000000000000' }] })],
    ['there are no owners', reply(200, { value: [] })],
    ['an owner is an id without an app', reply(200, { value: [{ id: ourself }] })],
    ['the owners cannot be read now', reply(503)],
    ['the reply is not a list', reply(200, '<html>')],
    ['the reply broke off', { ...reply(200), body: 'broken_off' as const }],
    ['there is no reply', undefined],
  ])('is missing ownership when %s', (_name, seen) => {
    expect(diagnoseRefusal(seen, ourself)).toBe('not_owned');
  });
});
