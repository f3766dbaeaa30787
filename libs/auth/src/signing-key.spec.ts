import { generateKeyPairSync } from 'node:crypto';
import { TenantId } from '#kernel';
import { readSigningKeys } from './signing-key.ts';

const tenant = TenantId.parse('11111111-aaaa-4aaa-8aaa-111111111111', 'tenant');
const rsa = (bits = 2048): object =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const jwk = { ...rsa(), use: 'sig', kid: 'good' };

describe('readSigningKeys', () => {
  it.each([
    ['without alg or issuer', {}],
    ['for RS256', { alg: 'RS256' }],
    ['of every organisation', { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }],
    ['of the tenant', { issuer: `https://login.microsoftonline.com/${tenant.toUpperCase()}/v2.0` }],
    ['with members to come', { x5t: 'x', cloud_instance_name: 'microsoftonline.com' }],
  ])('takes a key %s', async (_, members) => {
    const keys = await readSigningKeys({ keys: [{ ...jwk, ...members }] }, tenant);
    expect([...keys.keys()]).toEqual(['good']);
  });

  it.each<[string, unknown]>([
    ['for encryption', { ...jwk, use: 'enc' }],
    ['for no use', { ...jwk, use: undefined }],
    ['without kid', { ...jwk, kid: undefined }],
    ['for another algorithm', { ...jwk, alg: 'PS256' }],
    ['of 1024 bits', { ...jwk, ...rsa(1024) }],
    ['of 2040 bits', { ...jwk, ...rsa(2040) }],
    ['of 2040 bits behind zeros', { ...jwk, n: withLeadingZeros(rsa(2040)) }],
    ['of a small exponent', { ...jwk, e: 'Aw' }],
    ['of personal accounts', { ...jwk, issuer: 'https://login.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0' }],
    ['on a curve', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
    ['that is symmetric', { kty: 'oct', k: 'AAAA', use: 'sig', kid: 'bad' }],
    ['that is no object', 'key'],
  ])('leaves out a key %s', async (_, bad) => {
    const other = { ...(typeof bad === 'object' ? bad : {}), kid: 'bad' };
    const candidates = typeof bad === 'object' && bad !== null && 'kid' in bad && bad.kid !== undefined ? other : bad;
    const keys = await readSigningKeys({ keys: [jwk, candidates] }, tenant);
    expect([...keys.keys()]).toEqual(['good']);
    await expect(readSigningKeys({ keys: [candidates] }, tenant)).rejects.toThrow('no usable key');
  });

  it.each([undefined, null, [], {}, { keys: {} }, { keys: [] }, { keys: Array(101).fill(jwk) }])(
    'throws when there is no key set: %j',
    async (jwks) => {
      await expect(readSigningKeys(jwks, tenant)).rejects.toThrow();
    },
  );

  it('does not hold the private part of a key that was published by mistake', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const leaked = { ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'leaked' };
    const keys = await readSigningKeys({ keys: [leaked] }, tenant);
    expect(keys.get('leaked')?.key.type).toBe('public');
  });

  it('keeps a key the same object while its bits stay the same', async () => {
    const first = await readSigningKeys({ keys: [jwk] }, tenant);
    const second = await readSigningKeys({ keys: [jwk, { ...jwk, ...rsa(), kid: 'more' }] }, tenant, first);
    const replaced = await readSigningKeys({ keys: [{ ...jwk, ...rsa() }] }, tenant, second);
    expect(second.get('good')).toBe(first.get('good'));
    expect(replaced.get('good')).not.toBe(first.get('good'));
  });
});

function withLeadingZeros(key: object): string {
  const { n } = key as { n: string };
  return Buffer.concat([Buffer.alloc(8), Buffer.from(n, 'base64url')]).toString('base64url');
}
