import { readFileSync } from 'node:fs';
import type { Config } from '#config';
import { endpointsOf, probeLogoutTokens, probeSignIn, type SignInAnswer } from '#graph';
import type { Clock, EpochMillis } from '#kernel';
import { parseConsoleCertificate } from '#session';
import { fail, type Finding, ok, type Remedy, warn } from './finding.ts';

type Registration = NonNullable<Config['console']>;

const day = 86_400_000;
/** Long enough to get another one. */
const notableDays = 30;

/**
 * The console's registration, as far as anybody can see it without rights over it: Entra is asked to sign nobody in at
 * each address that must be registered.
 */
export async function checkConsole({ console, microsoft }: Config, clock: Clock): Promise<readonly Finding[]> {
  if (console === undefined) return [ok('console', 'INTERLOCK_CONSOLE_CLIENT_ID is not set: nobody can sign in')];
  const endpoints = endpointsOf(microsoft.cloud, microsoft);
  const { tenantId } = microsoft;
  const { clientId, url } = console;
  const addresses = [`${url}/session/callback`, `${url}/`];
  const remedy = registering(console, addresses);
  const answers = addresses.map(async (redirectUri) =>
    addressFinding(redirectUri, await probeSignIn(endpoints, { tenantId, clientId, redirectUri }), remedy),
  );
  return [
    ...certificateFindings(console.credential, clock.now()),
    ...(await Promise.all(answers)),
    logoutFinding(await probeLogoutTokens(endpoints, tenantId), url),
  ];
}

/** What Entra's answer says about an address that must be registered; `remedy` registers it. */
export function addressFinding(address: string, answer: SignInAnswer, remedy: Remedy): Finding {
  switch (answer.kind) {
    case 'led_back':
      return ok('console', `Entra leads back to ${address}`);
    case 'refused':
      if (answer.code === 'AADSTS50011') {
        return fail('console', 'redirect_uri_missing', `${address} is not registered as a redirect URI`, remedy);
      }
      if (answer.code === 'AADSTS700016') {
        const note = 'set INTERLOCK_CONSOLE_CLIENT_ID to the client id of the console';
        return fail('console', 'registration_missing', 'the tenant has no registration of that client id', { note });
      }
      return warn('console', 'sign_in_unclear', `Entra answers ${answer.code} to a sign-in at ${address}`, {
        note: 'the code is explained at https://login.microsoftonline.com/error',
      });
    case 'unclear':
      return warn('console', 'sign_in_unclear', `Entra did not say whether ${address} is registered`);
    case 'unreachable':
      return warn('console', 'sign_in_unclear', `Entra could not be asked whether ${address} is registered`);
  }
}

function registering({ clientId }: Registration, addresses: readonly string[]): Remedy {
  const quoted = addresses.map((address) => `'${address}'`);
  return {
    az: `az ad app update --id ${clientId} --web-redirect-uris ${quoted.join(' ')}`,
    powershell: `Update-MgApplicationByAppId -AppId '${clientId}' -Web @{ RedirectUris = @(${quoted.join(', ')}) }`,
    note: 'this replaces the addresses that are registered; name others that are in use beside them',
  };
}

/** Whether there is a certificate with its key, and for how long; nothing of a client secret. */
export function certificateFindings(credential: Registration['credential'], now: EpochMillis): readonly Finding[] {
  if (credential.kind === 'secret') return [];
  const { certificatePath: file } = credential;
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    const note = 'point INTERLOCK_CONSOLE_CERTIFICATE_PATH to the PEM file';
    return [fail('console', 'certificate_unreadable', `${file} cannot be read`, { note })];
  }
  const certificate = parseConsoleCertificate(pem);
  if (certificate === undefined) {
    const note = 'put both into one PEM file, the key without a password';
    return [fail('console', 'certificate_invalid', `${file} must hold a certificate and its RSA key`, { note })];
  }
  const days = Math.floor((certificate.endsAt - now) / day);
  const anew = { note: 'register a new certificate beside it, then replace the file and restart' };
  if (days < 0) return [fail('console', 'certificate_ended', `the certificate in ${file} has ended`, anew)];
  const said = `the certificate in ${file} ends in ${days} days`;
  return [days < notableDays ? warn('console', 'certificate_ending', said, anew) : ok('console', said)];
}

/** Whether Entra tells the console of sign-outs elsewhere. */
function logoutFinding(offered: boolean | undefined, url: string): Finding {
  switch (offered) {
    case true:
      return ok('console', `logout tokens are offered: register ${url}/session/backchannel-logout as back channel`);
    case false: {
      const until = 'stays signed in here until the next renewal, at most an hour';
      return ok('console', `logout tokens are not offered: who signs out elsewhere ${until}`);
    }
    case undefined:
      return warn(
        'console',
        'logout_unclear',
        "whether logout tokens are offered is not to be read in Entra's metadata",
      );
  }
}
