import { addressOf } from './open-rows.ts';

describe('what to open', () => {
  it.each([
    ['postgres://auditor@db/interlock', { kind: 'postgres', url: 'postgres://auditor@db/interlock' }],
    ['postgresql:///interlock', { kind: 'postgres', url: 'postgresql:///interlock' }],
    ['sqlite:./data/interlock.db', { kind: 'sqlite', path: './data/interlock.db' }],
    ['./data/postgres.db', { kind: 'sqlite', path: './data/postgres.db' }],
  ])('is told from %s', (text, address) => {
    expect(addressOf(text)).toEqual(address);
  });
});
