import { inspect } from 'node:util';
import { CredentialUnavailable } from './credential-unavailable.ts';

describe('CredentialUnavailable', () => {
  it('keeps of a foreign error what explains it, and nothing that it carries', () => {
    const foreign = Object.assign(new Error('invalid_client: AADSTS700027: signature check failed'), {
      name: 'RestError',
      request: { body: 'client_secret=canary' },
    });
    const error = CredentialUnavailable.from(foreign);
    expect(error).toMatchObject({ code: 'credential_unavailable', entraCode: 'AADSTS700027' });
    expect(error.message).not.toContain('AADSTS');
    expect(error.cause).toMatchObject({ message: expect.stringContaining('RestError: invalid_client') as unknown });
    expect(inspect(error, { depth: Infinity, showHidden: true, getters: true })).not.toContain('canary');
  });

  it.each([new Error('getaddrinfo ENOTFOUND'), 'text', undefined, { AADSTS: 1 }])(
    'knows no Entra code in %p',
    (foreign) => {
      expect(CredentialUnavailable.from(foreign).entraCode).toBeUndefined();
    },
  );
});
