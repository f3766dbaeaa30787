import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error.ts';
import { describeMistakes } from './describe-mistakes.ts';
import { readConfiguration } from './read-config.ts';

const complete = {
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  INTERLOCK_CREDENTIAL: 'secret',
  AZURE_CLIENT_SECRET: 'correct horse battery staple',
  INTERLOCK_AUDIENCES: 'api://interlock, 22222222-2222-4222-8222-222222222222',
};

function mistakesOf(variables: Record<string, string>) {
  try {
    readConfiguration(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  return [];
}

const federated = {
  INTERLOCK_CREDENTIAL: 'federated-identity',
  INTERLOCK_IDENTITY_CLIENT_ID: '33333333-3333-4333-8333-333333333333',
};

describe('the configuration', () => {
  it('needs only the tenant, the app, a credential and the audiences; the rest has defaults', () => {
    const { config } = readConfiguration(complete);

    expect(config).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080, tls: false },
      microsoft: { cloud: 'global', credential: { kind: 'secret' } },
      callers: { audiences: ['api://interlock', complete.AZURE_CLIENT_ID], tenants: [complete.AZURE_TENANT_ID] },
      database: 'sqlite',
      readBeforePause: true,
      policyFile: './policy.yaml',
      log: { origin: 'localhost/audit/interlock', createKeys: true },
    });
  });

  it('lets our own credential hold OwnedBy only, unless it says otherwise', () => {
    const allowedBy = (variables: Record<string, string>) =>
      readConfiguration({ ...complete, ...variables }).config.microsoft.allowedRoles;

    expect(allowedBy({})).toEqual(['Application.ReadWrite.OwnedBy']);
    expect(allowedBy({ INTERLOCK_ALLOWED_GRAPH_ROLES: 'Application.ReadWrite.OwnedBy, AuditLog.Read.All' })).toEqual([
      'Application.ReadWrite.OwnedBy',
      'AuditLog.Read.All',
    ]);
    expect(mistakesOf({ ...complete, INTERLOCK_ALLOWED_GRAPH_ROLES: '*' })).toMatchObject([
      { setting: 'INTERLOCK_ALLOWED_GRAPH_ROLES', kind: 'invalid' },
    ]);
  });

  it('takes the limit of callers as requests in a time, and keeps replies for a day unless told otherwise', () => {
    const of = (variables: Record<string, string>) => readConfiguration({ ...complete, ...variables }).config;
    expect(of({})).toMatchObject({ idempotencyKeptMillis: 86_400_000 });
    expect(of({})).not.toHaveProperty('callerLimit');
    expect(of({ INTERLOCK_CALLER_LIMIT: '600/PT1M', INTERLOCK_IDEMPOTENCY_KEPT: 'P7D' })).toMatchObject({
      callerLimit: { requests: 600, perMillis: 60_000 },
      idempotencyKeptMillis: 604_800_000,
    });
    for (const value of ['600', '0/PT1M', '600/60', '600/PT0S', '1.5/PT1M', '600/P2D', '-1/PT1M', '600/PT1M/PT1M']) {
      expect(mistakesOf({ ...complete, INTERLOCK_CALLER_LIMIT: value })).toMatchObject([
        { setting: 'INTERLOCK_CALLER_LIMIT', kind: 'invalid' },
      ]);
    }
  });

  it('takes as security contact only what may stand in a line of security.txt', () => {
    const mistakenFor = (contact: string) =>
      mistakesOf({ ...complete, INTERLOCK_SECURITY_CONTACT: contact }).map(({ setting }) => setting);

    for (const good of ['mailto:security@example.com', 'https://example.com/report?from=interlock'])
      expect(mistakenFor(good)).toEqual([]);
    for (const bad of [
      'security@example.com',
      'http://example.com',
      'mailto:a@b\nExpires: never',
      'https://',
      'mailto:',
    ])
      expect(mistakenFor(bad)).toEqual(['INTERLOCK_SECURITY_CONTACT']);
  });

  it('keeps secrets out of the part that may be shown', () => {
    const { config, secrets } = readConfiguration({ ...complete, DATABASE_URL: 'sqlite:/hidden/place.db' });

    expect(JSON.stringify(config)).not.toMatch(/correct horse|hidden/);
    expect(secrets).toEqual({ clientSecret: complete.AZURE_CLIENT_SECRET, databaseUrl: 'sqlite:/hidden/place.db' });
  });

  it('names everything that is missing at once when nothing is configured', () => {
    expect(mistakesOf({}).map((mistake) => mistake.setting)).toEqual([
      'AZURE_TENANT_ID',
      'AZURE_CLIENT_ID',
      'INTERLOCK_CREDENTIAL',
      'INTERLOCK_AUDIENCES',
    ]);
  });

  it('tells all mistakes together, by name and never with the value', () => {
    const mistakes = mistakesOf({
      ...complete,
      PORT: 'eighty-secret',
      AZURE_TENANT_ID: 'contoso-secret',
      DATABASE_URL: 'mysql://user:secret@host/db',
      INTERLOCK_POLCY: './secret.yaml',
    });

    expect(mistakes.map((mistake) => mistake.setting).sort()).toEqual([
      'AZURE_TENANT_ID',
      'DATABASE_URL',
      'INTERLOCK_DISCLOSURE_KEY_FILE',
      'INTERLOCK_LOG_KEY_FILE',
      'INTERLOCK_LOG_ORIGIN',
      'INTERLOCK_POLCY',
      'PORT',
    ]);
    expect(describeMistakes(mistakes).join()).not.toContain('secret');
  });

  it('treats an empty value as not given', () => {
    expect(readConfiguration({ ...complete, PORT: '' }).config.listen.port).toBe(8080);
  });

  it('does not take the variables that Kubernetes injects for a service named interlock for typing errors', () => {
    const injected = {
      INTERLOCK_SERVICE_HOST: '10.0.0.1',
      INTERLOCK_PORT: 'tcp://10.0.0.1:80',
      INTERLOCK_PORT_80_TCP: 'x',
    };

    expect(mistakesOf({ ...complete, ...injected })).toEqual([]);
  });

  it.each(['AZURE_AUTHORITY_HOST', 'GRAPH_BASE_URL'])('refuses %s unless custom endpoints are allowed', (name) => {
    const variables = { ...complete, [name]: 'https://localhost:9443' };

    expect(mistakesOf(variables)).toMatchObject([{ setting: name, kind: 'contradiction' }]);
    expect(mistakesOf({ ...variables, INTERLOCK_CUSTOM_ENDPOINTS: 'allow' })).toEqual([]);
  });

  it.each([
    ['global', 'https://login.microsoftonline.com/', []],
    ['china', 'https://login.chinacloudapi.cn', []],
    ['china', 'https://login.microsoftonline.com', ['AZURE_AUTHORITY_HOST']],
    ['usgov', 'https://login.microsoftonline.us:8443', ['AZURE_AUTHORITY_HOST']],
  ])('in %s %s is a custom endpoint only if Microsoft does not publish it there', (cloud, authority, refused) => {
    const variables = { ...complete, INTERLOCK_CLOUD: cloud, AZURE_AUTHORITY_HOST: authority };

    expect(mistakesOf(variables).map(({ setting }) => setting)).toEqual(refused);
  });

  it.each([{ INTERLOCK_CREDENTIAL: 'managed-identity' }, federated])(
    'refuses a workload token beside a managed identity, which the identity library would prefer (%o)',
    (credential) => {
      const variables = { ...complete, ...credential, AZURE_FEDERATED_TOKEN_FILE: '/token' };

      expect(mistakesOf(variables)).toMatchObject([{ setting: 'AZURE_FEDERATED_TOKEN_FILE', kind: 'contradiction' }]);
    },
  );

  it('accepts only https for other endpoints', () => {
    const variables = { ...complete, INTERLOCK_CUSTOM_ENDPOINTS: 'allow', GRAPH_BASE_URL: 'http://localhost:9443' };

    expect(mistakesOf(variables)).toMatchObject([{ setting: 'GRAPH_BASE_URL', kind: 'invalid' }]);
  });

  it.each([
    ['certificate', 'AZURE_CLIENT_CERTIFICATE_PATH'],
    ['workload-identity', 'AZURE_FEDERATED_TOKEN_FILE'],
    ['federated-identity', 'INTERLOCK_IDENTITY_CLIENT_ID'],
  ])('asks for what the credential %s needs', (kind, setting) => {
    expect(mistakesOf({ ...complete, INTERLOCK_CREDENTIAL: kind })).toMatchObject([{ setting, kind: 'missing' }]);
  });

  it.each([{ DATABASE_URL: 'postgres://db/interlock' }, { NODE_ENV: 'production' }])(
    'never names or keys the log by default with %j',
    (variables) => {
      expect(mistakesOf({ ...complete, ...variables }).map((mistake) => mistake.setting)).toEqual([
        'INTERLOCK_LOG_ORIGIN',
        'INTERLOCK_LOG_KEY_FILE',
        'INTERLOCK_DISCLOSURE_KEY_FILE',
      ]);
    },
  );
});

describe('a setting given as a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-config-'));
  const withoutSecret: Record<string, string> = { ...complete, AZURE_CLIENT_SECRET: '' };

  it('is read from there, without the final line break', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, 'from a file\n');

    expect(readConfiguration({ ...withoutSecret, AZURE_CLIENT_SECRET_FILE: path }).secrets.clientSecret).toBe(
      'from a file',
    );
  });

  it('is a mistake when the file cannot be read', () => {
    expect(mistakesOf({ ...withoutSecret, AZURE_CLIENT_SECRET_FILE: join(folder, 'missing') })).toMatchObject([
      { setting: 'AZURE_CLIENT_SECRET_FILE', kind: 'unreadable' },
    ]);
  });

  it('is a mistake when the setting itself is given too', () => {
    expect(mistakesOf({ ...complete, AZURE_CLIENT_SECRET_FILE: '/nowhere' })).toMatchObject([
      { setting: 'AZURE_CLIENT_SECRET', kind: 'contradiction' },
    ]);
  });
});
