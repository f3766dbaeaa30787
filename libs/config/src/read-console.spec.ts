import { ConfigurationError } from './configuration-error.ts';
import { readConfiguration } from './read-config.ts';

const guid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const sound = {
  AZURE_TENANT_ID: guid('1'),
  AZURE_CLIENT_ID: guid('2'),
  INTERLOCK_CREDENTIAL: 'managed-identity',
  INTERLOCK_AUDIENCES: guid('2'),
};
const console = {
  INTERLOCK_CONSOLE_CLIENT_ID: guid('3'),
  INTERLOCK_CONSOLE_URL: 'https://interlock.example/',
  INTERLOCK_CONSOLE_CLIENT_SECRET: 'hush',
};

function mistakesOf(variables: Record<string, string>): readonly string[] {
  try {
    readConfiguration({ ...sound, ...variables });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.mistakes.map(({ setting, kind }) => `${setting} ${kind}`);
  }
}

describe('the settings of the console', () => {
  it('are all absent by default: nobody can sign in', () => {
    expect(readConfiguration(sound).config).not.toHaveProperty('console');
  });

  it('give registration, origin and limits, and keep the secret apart', () => {
    const { config, secrets } = readConfiguration({ ...sound, ...console });

    expect(config.console).toEqual({
      clientId: guid('3'),
      url: 'https://interlock.example',
      credential: { kind: 'secret' },
      idleMillis: 30 * 60_000,
      absoluteMillis: 8 * 3_600_000,
    });
    expect(secrets).toMatchObject({ consoleClientSecret: 'hush' });
    expect(JSON.stringify(config)).not.toContain('hush');
  });

  it('take a certificate in place of the secret', () => {
    const { INTERLOCK_CONSOLE_CLIENT_SECRET: _, ...rest } = console;
    const { config } = readConfiguration({ ...sound, ...rest, INTERLOCK_CONSOLE_CERTIFICATE_PATH: '/run/console.pem' });

    expect(config.console?.credential).toEqual({ kind: 'certificate', certificatePath: '/run/console.pem' });
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      'only its address',
      { INTERLOCK_CONSOLE_URL: 'https://interlock.example' },
      ['INTERLOCK_CONSOLE_CLIENT_SECRET missing', 'INTERLOCK_CONSOLE_CLIENT_ID missing'],
    ],
    ['no TLS', { ...console, INTERLOCK_CONSOLE_URL: 'http://interlock.example' }, ['INTERLOCK_CONSOLE_URL invalid']],
    [
      'a path',
      { ...console, INTERLOCK_CONSOLE_URL: 'https://interlock.example/console' },
      ['INTERLOCK_CONSOLE_URL invalid'],
    ],
    [
      'two credentials',
      { ...console, INTERLOCK_CONSOLE_CERTIFICATE_PATH: '/run/console.pem' },
      ['INTERLOCK_CONSOLE_CLIENT_SECRET contradiction'],
    ],
    [
      'an idle limit beyond the limit',
      { ...console, INTERLOCK_CONSOLE_IDLE_LIMIT: 'PT9H' },
      ['INTERLOCK_CONSOLE_IDLE_LIMIT contradiction'],
    ],
    [
      'a limit of no length',
      { ...console, INTERLOCK_CONSOLE_SESSION_LIMIT: 'PT0S' },
      ['INTERLOCK_CONSOLE_SESSION_LIMIT invalid'],
    ],
  ])('refuse %s', (_what, variables, mistakes) => {
    expect(mistakesOf(variables)).toEqual(expect.arrayContaining([...mistakes]));
  });
});
