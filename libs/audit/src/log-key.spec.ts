import { generateKeyPairSync } from 'node:crypto';
import { NoteVerifier } from '#tlog';
import { LogKey } from './log-key.ts';

const invalid = expect.objectContaining({ code: 'log_key_invalid' }) as Error;
const origin = 'broker.example/audit/test';

describe('LogKey', () => {
  it('reads the PEM that it generates, and tells verifiers its public half', () => {
    const key = LogKey.parse(origin, LogKey.generatePem());
    expect(key.name).toBe(origin);
    expect(NoteVerifier.parse(key.vkey).name).toBe(origin);
    expect(LogKey.generatePem()).not.toBe(LogKey.generatePem());
  });

  const pem = { type: 'pkcs8', format: 'pem' } as const;
  it.each([
    ['an RSA key', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem)],
    ['an EC key', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem)],
    ['an X25519 key', () => generateKeyPairSync('x25519').privateKey.export(pem)],
    ['a public key', () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })],
    [
      'an encrypted key',
      () => generateKeyPairSync('ed25519').privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' }),
    ],
    ['damaged PEM', () => LogKey.generatePem().replace(/\n.{10}/, '\n')],
    ['nothing', () => ''],
  ])('refuses %s', (_what, make) => {
    expect(() => LogKey.parse(origin, make().toString())).toThrow(invalid);
  });

  it.each(['', 'a b', 'a+b', 'x'.repeat(201)])('refuses the name %j', (name) => {
    expect(() => LogKey.parse(name, LogKey.generatePem())).toThrow(invalid);
  });
});
