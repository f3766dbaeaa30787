import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogKey } from '#audit';
import { settings } from '#config';
import { azStandIn, recordedCalls } from '../support/az-calls.ts';
import { blocksOf, runGuide } from '../support/guide.ts';
import { Installation } from '../support/installation.ts';

const kubectl = `
kubectl() { printf '%s\\n' "$*" >> kubectl-calls; case $* in *--filename*) cat > /dev/null ;; esac; }
`;
const variables = {
  GRAPH: 'https://graph.microsoft.com',
  EXCHANGE: 'api://AzureADTokenExchange',
  APP_ID: 'a0000000-0000-4000-8000-00000000000a',
  GROUP: 'group',
  CLUSTER: 'cluster',
};
const issuer = 'https://oidc.example/cluster/';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-guide-'));
  const az = azStandIn({ 'aks show oidcIssuerProfile.issuerUrl': issuer });
  await runGuide(blocksOf('kubernetes.md', 'sh'), folder, az + kubectl, variables);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const installation = new Installation('postgres-replicas');
const kubectlCalls = () => readFileSync(join(folder, 'kubectl-calls'), 'utf8').trimEnd().split('\n');

describe('the guide to Kubernetes, with stand-ins for az and kubectl', () => {
  it('lets the service account of the manifests be the application', () => {
    const [credential] = recordedCalls(folder).filter(({ command }) => command === 'rest');
    const { metadata } = installation.one('ServiceAccount');

    expect(JSON.parse(credential?.options['body'] ?? '')).toEqual({
      name: 'kubernetes',
      issuer,
      subject: `system:serviceaccount:${metadata.namespace}:${metadata.name}`,
      audiences: ['api://AzureADTokenExchange'],
    });
  });

  it('makes the Secret that the manifests mount, with a key and an address that Interlock takes', () => {
    const made = kubectlCalls().find((call) => call.startsWith('create secret generic interlock-secrets '));
    const keys = [...(made ?? '').matchAll(/--from-file=(\S+)/g)].map(([, file = '']) => file);

    expect(keys.toSorted()).toEqual([...installation.secretFiles().values()].toSorted());
    expect(LogKey.parse('h/audit/l', readFileSync(join(folder, 'log-key.pem'), 'utf8')).vkey).toContain('h/audit/l');
    const address = readFileSync(join(folder, 'database-url'), 'utf8');
    expect(settings.DATABASE_URL.schema.safeParse(address).success).toBe(true);
  });

  it('speaks of objects that the manifests make', () => {
    const { kind, metadata } = installation.workload;
    const named = kubectlCalls().flatMap((call) => [...call.matchAll(/\bdeployment\/(\S+)/g)].map(([, name]) => name));
    const namespaces = kubectlCalls().flatMap((call) =>
      [...call.matchAll(/--namespace (\S+)/g)].map(([, name]) => name),
    );

    expect(kind).toBe('Deployment');
    expect(new Set(named)).toEqual(new Set([metadata.name]));
    expect(new Set(namespaces)).toEqual(new Set([metadata.namespace]));
  });
});
