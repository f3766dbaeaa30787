import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EpochMillis, SystemClock } from '#kernel';
import { addressFinding, certificateFindings } from './check-console.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-doctor-console-'));
const certificatePath = join(folder, 'console.pem');
const day = 86_400_000;

beforeAll(() => {
  const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=console', '-days', '90'];
  execFileSync('openssl', [...asked, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  writeFileSync(certificatePath, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const certificate = (days: number) =>
  certificateFindings({ kind: 'certificate', certificatePath }, (new SystemClock().now() + days * day) as EpochMillis);

describe("the console's certificate", () => {
  it.each([
    [0, 'ok', 'ok'],
    [59, 'ok', 'ok'],
    [61, 'warn', 'certificate_ending'],
    [91, 'fail', 'certificate_ended'],
  ])('that lasts 90 days is %s days later: %s', (days, level, code) => {
    expect(certificate(days)).toMatchObject([{ check: 'console', level, code }]);
  });

  it('is told from a file that cannot be read, and from a certificate without its key', () => {
    const of = (path: string) => certificateFindings({ kind: 'certificate', certificatePath: path }, 0 as EpochMillis);

    expect(of(join(folder, 'none'))).toMatchObject([{ level: 'fail', code: 'certificate_unreadable' }]);
    expect(of(join(folder, 'certificate'))).toMatchObject([{ level: 'fail', code: 'certificate_invalid' }]);
  });
});

describe('an address of the console', () => {
  it.each([
    [{ kind: 'led_back' }, 'ok', 'ok'],
    [{ kind: 'refused', code: 'AADSTS50011' }, 'fail', 'redirect_uri_missing'],
    [{ kind: 'refused', code: 'AADSTS700016' }, 'fail', 'registration_missing'],
    [{ kind: 'refused', code: 'AADSTS90002' }, 'warn', 'sign_in_unclear'],
    [{ kind: 'unclear', status: 200 }, 'warn', 'sign_in_unclear'],
    [{ kind: 'unreachable' }, 'warn', 'sign_in_unclear'],
  ] as const)('for which Entra answers %j is %s', (answer, level, code) => {
    expect(addressFinding('https://console.example/', answer, {})).toMatchObject({ level, code });
  });
});
