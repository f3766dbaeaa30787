import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DisclosureKey, LogKey } from '#audit';
import type { CloudName } from '#kernel';
import type { Simulator, SimulatorOptions } from '../../apps/simulator/src/simulator.ts';
import { ids, interlockSecret, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { type BrokerProcess, dist, startBrokerProcess } from './broker-process.ts';
import type { FailpointOptions } from './failpoint-broker.ts';
import { testPolicy } from './policy-file.ts';

export const jobsPath = (servicePrincipalId: string): string =>
  `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
export const jobPath = (job: { servicePrincipalId: string; jobId: string }): string =>
  `${jobsPath(job.servicePrincipalId)}/${job.jobId}`;
/** The job that the test policy lets the HR portal pause. */
export const pausePath = `${jobPath(jobs.hrInbound)}/pause`;

type SimulatorModule = typeof import('../../apps/simulator/src/simulator.ts');
/** Its bundle, because every suite loads it anew, and from the sources that takes twice as long as to start it. */
const builtSimulator = new URL(`../../${dist}/test/simulator.js`, import.meta.url).href;

/** Keys of simulated clouds outlast them, because to make five of RSA takes longer than the rest of a cloud. */
const keyDirectory = fileURLToPath(new URL('../../.cache/simulator-keys', import.meta.url));

/** A simulated Microsoft cloud in this process and brokers in processes of their own, over real TLS to each other. */
export class Interlock {
  readonly folder = mkdtempSync(join(tmpdir(), 'interlock-e2e-'));
  readonly #brokers: BrokerProcess[] = [];

  private constructor(readonly cloud: Simulator) {
    writeFileSync(join(this.folder, 'ca.pem'), cloud.caPem);
    writeFileSync(join(this.folder, 'policy.yaml'), testPolicy);
    writeFileSync(join(this.folder, 'log-key.pem'), LogKey.generatePem());
    writeFileSync(join(this.folder, 'disclosure-key'), DisclosureKey.generate());
  }

  static async start(options: SimulatorOptions = {}): Promise<Interlock> {
    const { startSimulator } = (await import(builtSimulator)) as SimulatorModule;
    return new Interlock(await startSimulator({ port: 0, controlPort: 0, keyDirectory, ...options }));
  }

  /** What a broker needs to work with this cloud, on SQLite in a folder that lives as long as this object. */
  environment(overrides: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PORT: '0',
      INTERLOCK_SECURITY_CONTACT: 'mailto:security@interlock.example',
      AZURE_TENANT_ID: ids.tenant,
      AZURE_CLIENT_ID: ids.interlock.appId,
      INTERLOCK_CREDENTIAL: 'secret',
      AZURE_CLIENT_SECRET: interlockSecret,
      INTERLOCK_AUDIENCES: `api://interlock,${ids.interlock.appId}`,
      INTERLOCK_CUSTOM_ENDPOINTS: 'allow',
      AZURE_AUTHORITY_HOST: this.cloud.url,
      GRAPH_BASE_URL: this.cloud.url,
      INTERLOCK_POLICY: join(this.folder, 'policy.yaml'),
      DATABASE_URL: `sqlite:${join(this.folder, 'interlock.db')}`,
      INTERLOCK_LOG_KEY_FILE: join(this.folder, 'log-key.pem'),
      INTERLOCK_DISCLOSURE_KEY_FILE: join(this.folder, 'disclosure-key'),
      INTERLOCK_LOG_ORIGIN: 'broker.example/audit/test',
      NODE_EXTRA_CA_CERTS: join(this.folder, 'ca.pem'),
      ...overrides,
    };
  }

  /** Overrides of {@link environment} with which a broker finds Microsoft's real host names at the simulated cloud. */
  realHosts(cloud: CloudName): Record<string, string> {
    return {
      INTERLOCK_CLOUD: cloud,
      // Empty means not given.
      INTERLOCK_CUSTOM_ENDPOINTS: '',
      AZURE_AUTHORITY_HOST: '',
      GRAPH_BASE_URL: '',
      NODE_OPTIONS: `--import=${new URL('real-hosts.ts', import.meta.url).href}`,
      REAL_HOSTS_PORT: new URL(this.cloud.url).port,
    };
  }

  async broker(overrides: Readonly<Record<string, string>> = {}): Promise<BrokerProcess> {
    const broker = await startBrokerProcess(this.environment(overrides));
    this.#brokers.push(broker);
    return broker;
  }

  /** A broker that kills itself as told; rejects with BrokerEnded when it does so before it is ready. */
  async failpointBroker(
    overrides: Readonly<Record<string, string>>,
    options: FailpointOptions,
  ): Promise<BrokerProcess> {
    const main = [`${dist}/test/failpoint-broker.js`, JSON.stringify(options)];
    const broker = await startBrokerProcess(this.environment(overrides), main);
    this.#brokers.push(broker);
    return broker;
  }

  /** Token of the HR portal with its rights, and of a reviewer. */
  hrPortal(): Promise<string> {
    return this.cloud.mintToken({ application: ids.hrPortal.appId, roles: ['Jobs.Read', 'Jobs.Pause'] });
  }

  reviewer(): Promise<string> {
    return this.cloud.mintToken({ application: ids.console.appId, roles: ['Audit.Read'] });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#brokers.map((broker) => broker.kill()));
    await this.cloud.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
