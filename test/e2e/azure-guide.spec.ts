import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogKey } from '#audit';
import { readConfiguration } from '#config';
import { clouds, ownedByRole } from '#graph';
import { cloudNames } from '#kernel';
import { readPolicy } from '#policy';
import { parse } from 'yaml';
import { z } from 'zod';
import { type AzCall, azStandIn, guidOf, recordedCalls } from '../support/az-calls.ts';
import { blocksOf, runGuide } from '../support/guide.ts';
import { committedRoutes } from '../support/route-table.ts';

const page = 'getting-started-azure.md';
const target = '7b0b4a52-6f0e-4f2a-9a63-0d5d4a6c1b11';
const client = guidOf('app');
const application = guidOf('application');
const principal = guidOf('principal');
const graphApp = '00000003-0000-0000-c000-000000000000';
const caller = '5c0c9a77-3e0b-4a3c-9d55-2f6f3b1c4d33';
const graph = 'https://graph.microsoft.com/v1.0';

/** What Azure and Entra answer: the ids of what was made, the same id for the same object. */
const answers = {
  'account show tenantId': guidOf('tenant'),
  'identity show id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i',
  'identity show clientId': guidOf('identity client'),
  'identity show principalId': guidOf('identity object'),
  'acr show id': '/subscriptions/s/registry',
  'keyvault show id': '/subscriptions/s/vault',
  'keyvault secret set id': 'https://vault.example/secrets/policy/1',
  'ad signed-in-user show id': guidOf('operator'),
  'rest appId': client,
  [`ad app show id ${client}`]: application,
  [`ad sp create id ${client}`]: principal,
  [`ad sp show id ${graphApp}`]: guidOf('Graph'),
  [`ad sp show id ${caller}`]: guidOf('caller'),
  [`ad sp show appRoles[?value=='Jobs.Read'].id ${client}`]: guidOf('Jobs.Read'),
  [`ad sp show appRoles[?value=='Jobs.Pause'].id ${client}`]: guidOf('Jobs.Pause'),
  'network vnet subnet show id': '/subscriptions/s/subnet',
  'containerapp env show id': '/subscriptions/s/environment',
  'containerapp env show properties.defaultDomain': 'region.azurecontainerapps.example',
};

let folder: string;
let calls: readonly AzCall[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-guide-'));
  const variables = { CALLER_SECRET: 'secret', JOB: 'Workday2AAD.1' };
  await runGuide(blocksOf(page, 'sh'), folder, azStandIn(answers), variables);
  calls = recordedCalls(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Requests to Graph, as `METHOD URL` with what was sent. */
const graphCalls = () =>
  calls
    .filter(({ command }) => command === 'rest')
    .map(({ options: { method, url = '', body = 'null' } }) => [
      `${method} ${url.replace(graph, '')}`,
      JSON.parse(body.startsWith('@') ? readFileSync(body.slice(1), 'utf8') : body) as unknown,
    ]);
const secret = (name: string) =>
  calls.find(({ command, options }) => command === 'keyvault secret set' && options['name'] === name)?.content ?? '';

const app = z.object({
  identity: z.object({ userAssignedIdentities: z.record(z.string(), z.object({})) }),
  properties: z.object({
    configuration: z.object({
      ingress: z.object({ targetPort: z.int(), allowInsecure: z.literal(false) }),
      secrets: z.array(z.object({ name: z.string(), keyVaultUrl: z.url(), identity: z.string() })),
    }),
    template: z.object({
      containers: z.tuple([
        z.object({
          env: z.array(z.object({ name: z.string(), value: z.string() })),
          probes: z.array(z.object({ httpGet: z.object({ path: z.string(), port: z.int() }) })),
          volumeMounts: z.tuple([z.object({ mountPath: z.string() })]),
        }),
      ]),
      volumes: z.tuple([z.object({ secrets: z.array(z.object({ secretRef: z.string(), path: z.string() })) })]),
    }),
  }),
});
const containerApp = () => app.parse(parse(readFileSync(join(folder, 'container-app.yaml'), 'utf8')));

describe('the guide to Azure, with a stand-in for az', () => {
  it('asks Graph for exactly this, with the ids of the right objects', () => {
    const registered = JSON.parse(readFileSync('docker/azure/app-registration.json', 'utf8')) as unknown;
    const assigned = (role: string) => ({
      principalId: guidOf('caller'),
      resourceId: principal,
      appRoleId: guidOf(role),
    });

    expect(graphCalls()).toEqual([
      ['POST /applications', registered],
      [`PATCH /applications/${application}`, { identifierUris: [`api://${client}`] }],
      [`PATCH /servicePrincipals/${principal}`, { appRoleAssignmentRequired: true }],
      [
        `POST /applications/${application}/federatedIdentityCredentials`,
        {
          name: 'interlock',
          issuer: `https://login.microsoftonline.com/${guidOf('tenant')}/v2.0`,
          subject: guidOf('identity object'),
          audiences: [clouds.global.tokenExchangeAudience],
        },
      ],
      [
        `POST /servicePrincipals/${principal}/appRoleAssignments`,
        {
          principalId: principal,
          resourceId: guidOf('Graph'),
          appRoleId: ownedByRole.id,
        },
      ],
      [`POST /servicePrincipals/${target}/owners/$ref`, { '@odata.id': `${graph}/directoryObjects/${principal}` }],
      [`POST /servicePrincipals/${principal}/appRoleAssignedTo`, assigned('Jobs.Read')],
      [`POST /servicePrincipals/${principal}/appRoleAssignedTo`, assigned('Jobs.Pause')],
      [`DELETE /servicePrincipals/${target}/owners/${principal}/$ref`, null],
    ]);
  });

  it('writes a policy, a log key and a database address that Interlock takes', () => {
    expect(readPolicy(Buffer.from(secret('policy')), 'policy.yaml')).toMatchObject({ ok: true });
    expect(LogKey.parse('interlock.example/audit/main', secret('log-key')).vkey).toContain('interlock.example');
    expect(new URL(secret('database-url'))).toMatchObject({
      protocol: 'postgres:',
      hostname: 'interlock-db-1234.postgres.database.azure.com',
      pathname: '/interlock',
      search: '?sslmode=verify-full',
    });
  });

  it('gives the broker a configuration without a mistake, and every file from the vault', () => {
    const { configuration, template } = containerApp().properties;
    const [{ env, volumeMounts }] = template.containers;
    const files = new Map(
      template.volumes[0].secrets.map(({ secretRef, path }) => {
        const here = join(folder, `mounted-${path}`);
        writeFileSync(here, secret(secretRef));
        return [`${volumeMounts[0].mountPath}/${path}`, here];
      }),
    );
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, files.get(value) ?? value]));
    const { config } = readConfiguration({ ...variables, NODE_ENV: 'production' });

    expect(config).toMatchObject({
      publicUrl: 'https://interlock.region.azurecontainerapps.example',
      microsoft: {
        tenantId: guidOf('tenant'),
        clientId: client,
        credential: { kind: 'federated-identity', identityClientId: guidOf('identity client') },
      },
      callers: { audiences: [`api://${client}`, client] },
      database: 'postgres',
    });
    expect(
      env
        .filter(({ value }) => value.startsWith('/'))
        .map(({ value }) => value)
        .toSorted(),
    ).toEqual([...files.keys()].toSorted());
    expect(configuration.ingress.targetPort).toBe(config.listen.port);
    expect(configuration.secrets.map(({ keyVaultUrl }) => keyVaultUrl)).toEqual(
      configuration.secrets.map(({ name }) => `https://interlock-kv-1234.vault.azure.net/secrets/${name}`),
    );
  });

  it('lets Azure ask for health where anybody may', () => {
    const [{ probes }] = containerApp().properties.template.containers;

    expect(probes).toHaveLength(3);
    for (const { httpGet } of probes)
      expect(committedRoutes().join('\n')).toContain(` public        ${httpGet.path}\n`);
  });

  it('leaves no secret behind in the folder', () => {
    for (const name of ['log-key.pem', 'database-url'])
      expect(() => readFileSync(join(folder, name))).toThrow('ENOENT');
    expect(readFileSync(join(folder, 'container-app.yaml'), 'utf8')).not.toContain('postgres://');
  });

  it('tells the hosts and audiences of every cloud as Interlock knows them', () => {
    const text = readFileSync(join('docs', page), 'utf8');
    const rows = [...text.matchAll(/^\|[^|]*`([a-z]+)`\)[^|]*\|\s*`([^`]+)`\s*\|\s*`([^`]+)`\s*\|\s*`([^`]+)`/gm)];

    expect(rows.map(([, name]) => name)).toEqual(cloudNames.filter((name) => name !== 'global'));
    for (const [, name, ...told] of rows) {
      const cloud = clouds[name as keyof typeof clouds];
      expect(told).toEqual([cloud.graphRoot, `https://${cloud.issuerHost}`, cloud.tokenExchangeAudience]);
    }
  });
});
