import { parseDatabaseUrl } from './database-url.ts';

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:./data/interlock.db', './data/interlock.db'],
    ['sqlite:/var/lib/interlock.db', '/var/lib/interlock.db'],
    ['sqlite:///var/lib/interlock.db', '/var/lib/interlock.db'],
    ['sqlite::memory:', ':memory:'],
  ])('takes the file of %s', (url, path) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'sqlite', path });
  });

  it.each([
    ['postgres://me:word@db.example/interlock', 'db.example:5432'],
    ['postgresql://db.example:6432/interlock', 'db.example:6432'],
    ['postgres://[::1]/interlock', '[::1]:5432'],
    ['postgres:///interlock?host=/run/postgresql', '/run/postgresql:5432'],
  ])('names the server of %s without credentials', (url, server) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'postgres', connectionString: url, server });
  });

  it.each(['prefer', 'require', 'verify-ca'])(
    'makes sslmode=%s verify the certificate, whatever pg makes of it',
    (mode) => {
      const parsed = parseDatabaseUrl(`postgres://db.example/interlock?sslmode=${mode}`);
      expect(parsed).toMatchObject({ connectionString: 'postgres://db.example/interlock?sslmode=verify-full' });
    },
  );

  it.each(['sslmode=disable', 'sslmode=no-verify', 'uselibpqcompat=true&sslmode=require'])(
    'leaves %s as it was spelled out',
    (query) => {
      const url = `postgres://db.example/interlock?${query}`;
      expect(parseDatabaseUrl(url)).toMatchObject({ connectionString: url });
    },
  );
});
