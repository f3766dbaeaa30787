import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readConfiguration, settingNames } from '#config';
import { readPolicy } from '#policy';
import { parseAllDocuments } from 'yaml';
import { Installation } from '../support/installation.ts';
import { committedRoutes, routeOf } from '../support/route-table.ts';

const names = ['sqlite-single', 'postgres-replicas'] as const;
const openPaths = committedRoutes()
  .map(routeOf)
  .filter(({ method, requirement }) => method === 'GET' && requirement === 'public')
  .map(({ path }) => path);
/** What the webhook of Azure workload identity adds to a pod with its label. */
const injected = { AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-kubernetes-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(names)('the Kubernetes installation %s', (name) => {
  const installation = new Installation(name);
  const { workload, pod, container } = installation;
  const environment = installation.environment();

  /** As the broker would see it, with files of ours where the Secret's would be. */
  function configuration() {
    const files = [...installation.secretFiles()].map(([path, key]) => {
      const file = join(folder, `${name}-${basename(path)}`);
      writeFileSync(file, key === 'database-url' ? 'postgres://interlock@db.example/interlock' : 'content');
      return [path, file] as const;
    });
    const here = new Map(files);
    const seen = Object.entries(environment).map(([setting, value]) => [setting, here.get(value) ?? value]);
    return readConfiguration({ ...Object.fromEntries(seen), ...injected, NODE_ENV: 'production' });
  }

  it('gives the broker a configuration without a mistake, and settings that exist', () => {
    const known = new Set<string>(settingNames.flatMap((setting) => [setting, `${setting}_FILE`]));

    expect(configuration().config).toMatchObject({
      database: name === 'sqlite-single' ? 'sqlite' : 'postgres',
      microsoft: { credential: { kind: 'workload-identity' } },
    });
    expect(Object.keys(environment).filter((setting) => !known.has(setting))).toEqual([]);
  });

  it('gives it a sound policy at the path that it is told', () => {
    const { INTERLOCK_POLICY = '' } = environment;
    const [mount] = container.volumeMounts.filter(({ mountPath }) => INTERLOCK_POLICY.startsWith(`${mountPath}/`));
    const volume = pod.volumes.find((found) => found.name === mount?.name);
    const files = volume !== undefined && 'configMap' in volume ? installation.configMap(volume.configMap.name) : {};

    expect(readPolicy(Buffer.from(files[basename(INTERLOCK_POLICY)] ?? ''), 'policy.yaml')).toMatchObject({ ok: true });
  });

  it('hands over every secret as a file that a setting names, and no other file', () => {
    const named = Object.entries(environment).filter(([setting]) => setting.endsWith('_FILE'));

    expect(named.map(([, file]) => file).toSorted()).toEqual([...installation.secretFiles().keys()].toSorted());
    expect(named.length).toBeGreaterThan(0);
  });

  it('asks for its health where anybody may, and at the port that the broker listens on', () => {
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];

    expect(probes.map(({ httpGet }) => httpGet.path)).toEqual(['/health/live', '/health/live', '/health/ready']);
    for (const { httpGet } of probes) expect(openPaths).toContain(httpGet.path);
    const { listen, metricsPort } = configuration().config;
    expect(container.ports).toEqual([
      { name: 'http', containerPort: listen.port },
      { name: 'metrics', containerPort: metricsPort },
    ]);
    const told = [
      ...probes.map(({ httpGet }) => httpGet.port),
      ...installation.one('Service').spec.ports.map(({ targetPort }) => targetPort),
    ];
    expect(told).toEqual(told.map(() => 'http'));
    const { ingress } = installation.one('NetworkPolicy').spec;
    expect(ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(['http', 'metrics']);
  });

  it('selects its own pods everywhere', () => {
    const { labels } = workload.spec.template.metadata;
    const selectors = [
      workload.spec.selector.matchLabels,
      installation.one('Service').spec.selector,
      installation.one('NetworkPolicy').spec.podSelector.matchLabels,
      ...installation.all('PodDisruptionBudget').map(({ spec }) => spec.selector.matchLabels),
      ...(pod.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector.matchLabels),
    ];

    for (const selector of selectors) {
      expect(Object.keys(selector).length).toBeGreaterThan(0);
      expect(labels).toMatchObject(selector);
    }
  });

  it('runs as the user of the image, in a namespace that lets no pod be more than that', () => {
    const { metadata } = installation.one('Namespace');

    expect(metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    // Uid 1000 is what test/containers/image.spec.ts finds in the image.
    expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 });
    const elsewhere = installation.objects.filter((object) => object.metadata.namespace !== metadata.name);
    expect(elsewhere.map(({ kind }) => kind)).toEqual(['Namespace']);
  });

  it('is known to Entra as the application whose tokens it asks for', () => {
    const { metadata } = installation.one('ServiceAccount');

    expect(pod.serviceAccountName).toBe(metadata.name);
    expect(metadata.annotations).toEqual({ 'azure.workload.identity/client-id': environment['AZURE_CLIENT_ID'] });
    expect(workload.spec.template.metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    expect(environment['INTERLOCK_AUDIENCES']?.split(',')).toContain(environment['AZURE_CLIENT_ID']);
  });

  it('lets requests in flight end before it kills', () => {
    const [, pause] = container.lifecycle.preStop.exec.command;

    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(pause) + 30);
  });

  it('mounts every volume once, and none that is not there', () => {
    const claims = workload.kind === 'StatefulSet' ? workload.spec.volumeClaimTemplates : [];
    const volumes = [...pod.volumes.map((volume) => volume.name), ...claims.map(({ metadata }) => metadata.name)];

    expect(container.volumeMounts.map((mount) => mount.name).toSorted()).toEqual(volumes.toSorted());
  });

  it('reaches DNS, the internet at 443 without the inside of the cluster, and its database', () => {
    const { ingress, egress } = installation.one('NetworkPolicy').spec;
    const internet = egress.find(({ ports }) => ports.some(({ port }) => port === 443));

    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(
      name === 'sqlite-single' ? [53, 53, 443] : [53, 53, 443, 5432],
    );
    expect(internet?.to).toMatchObject([{ ipBlock: { except: expect.arrayContaining(['169.254.0.0/16']) } }, {}]);
    expect(ingress.map(({ from }) => from.length)).toEqual([1, 1]);
  });
});

describe('the installation with SQLite', () => {
  it('is one pod with a volume of its own for the file, and no budget that would forbid every drain', () => {
    const installation = new Installation('sqlite-single');
    const { workload, container } = installation;
    const [, path = ''] = /^sqlite:(.+)$/.exec(installation.environment()['DATABASE_URL'] ?? '') ?? [];
    const mount = container.volumeMounts.find(({ mountPath }) => path.startsWith(`${mountPath}/`));

    expect([workload.kind, workload.spec.replicas]).toEqual(['StatefulSet', 1]);
    expect(mount).toEqual({ name: 'data', mountPath: '/data' });
    expect(installation.all('PodDisruptionBudget')).toEqual([]);
  });
});

describe('the installation with PostgreSQL', () => {
  it('keeps all replicas but one whatever happens to nodes', () => {
    const installation = new Installation('postgres-replicas');

    expect(installation.workload.kind).toBe('Deployment');
    expect(installation.workload.spec.replicas).toBeGreaterThan(
      installation.one('PodDisruptionBudget').spec.maxUnavailable + 1,
    );
  });
});

const kubectl = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
/** Older ones know no replacements. */
const hasKustomize = kubectl.error === undefined && /^Kustomize Version: v5\./m.test(kubectl.stdout);

// Without such a kubectl these are told as skipped; everything above stands on our own rendering.
(hasKustomize ? describe : describe.skip)('kubectl kustomize', () => {
  it.each(names)('makes the same of %s', (name) => {
    const rendered = execFileSync('kubectl', ['kustomize', `docker/kubernetes/${name}`], { encoding: 'utf8' });
    const withoutHashes = rendered.replaceAll(/\b(interlock-(?:settings|policy))-[a-z0-9]{10}\b/g, '$1');
    const objects = parseAllDocuments(withoutHashes).map((document) => document.toJS() as unknown);

    expect(objects).toHaveLength(new Installation(name).objects.length);
    expect(objects).toEqual(expect.arrayContaining([...new Installation(name).objects]));
  });
});
