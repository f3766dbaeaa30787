import { InvalidInput } from './coded-error.ts';
import { parseJobRef } from './job-ref.ts';

const principal = '7B0B4A52-0000-4000-8000-000000000001';

describe('a job reference', () => {
  it('lower-cases the service principal and keeps the case of the job id', () => {
    expect(parseJobRef(principal, 'Workday2AAD.fc96887f36da47508c935c28a0c0b6da')).toEqual({
      servicePrincipalId: principal.toLowerCase(),
      jobId: 'Workday2AAD.fc96887f36da47508c935c28a0c0b6da',
    });
  });

  it.each([
    'AD2AADProvisioning.fc96887f36da47508c935c28a0c0b6da.dcec0328-273b-4c51-9edb-5e22f2ae12c0',
    '8442fd39-2183-419c-8732-74b6ce866bd5',
    'x',
    'x'.repeat(200),
  ])('takes the job id %s', (jobId) => {
    expect(parseJobRef(principal, jobId).jobId).toBe(jobId);
  });

  it.each([
    '',
    '..',
    'a..b',
    '.a',
    'a/b',
    'a\\b',
    'a%2fb',
    'a?b',
    'a#b',
    'a b',
    'a;b',
    'a\0',
    'ä',
    'a\n',
    'x'.repeat(201),
  ])('refuses the job id %j', (jobId) => {
    expect(() => parseJobRef(principal, jobId)).toThrow(InvalidInput);
  });

  it.each(['', 'me', '7b0b4a52', `{${principal}}`, `${principal}\n`, principal.replaceAll('-', ''), `${principal}0`])(
    'refuses the service principal %j',
    (id) => {
      expect(() => parseJobRef(id, 'job')).toThrow(expect.objectContaining({ code: 'id_malformed' }));
    },
  );
});
