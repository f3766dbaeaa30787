import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DisclosureKey, LogKey } from '#audit';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { Network, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import { Ending } from '../../apps/broker/src/start/ending.ts';
import { ids, interlockSecret } from '../../apps/simulator/src/world/default-world.ts';
import { BrokerContainer } from './broker-container.ts';
import { buildImage } from './docker-image.ts';
import { type Recorded, verifiedEvents } from './recorded-events.ts';
import { SimulatorContainer } from './simulator-container.ts';

const policy = fileURLToPath(new URL('../../docker/policy.yaml', import.meta.url));
const origin = 'broker.example/audit/containers';

interface Parts {
  readonly ending: Ending;
  /** Name of the broker's image. */
  readonly image: string;
  readonly network: StartedNetwork;
  readonly postgres: StartedPostgreSqlContainer;
  readonly cloud: SimulatorContainer;
}

/** Brokers that share a PostgreSQL, a log and a simulated Microsoft cloud, each of them in a container of its own. */
export class Replicas {
  readonly cloud: SimulatorContainer;
  readonly #parts: Parts;
  readonly #folder = mkdtempSync(join(tmpdir(), 'interlock-containers-'));

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.cloud = parts.cloud;
    // Readable for the user of the image, which is not the user of this test; the folder is closed to others.
    writeFileSync(this.#file('log-key.pem'), LogKey.generatePem(), { mode: 0o444 });
    writeFileSync(this.#file('disclosure-key'), DisclosureKey.generate(), { mode: 0o444 });
    writeFileSync(this.#file('ca.pem'), parts.cloud.caPem, { mode: 0o444 });
  }

  /** Builds the images and starts everything but the brokers; ends what was begun when something fails. */
  static async start(): Promise<Replicas> {
    const ending = new Ending();
    const begin = async <Thing>(beginning: Promise<Thing>, end: (thing: Thing) => Promise<unknown>): Promise<Thing> => {
      const thing = await beginning;
      ending.add(async () => {
        await end(thing);
      });
      return thing;
    };
    try {
      const [broker, simulator, network] = await Promise.all([
        begin(buildImage('broker'), (image) => image.remove()),
        begin(buildImage('simulator'), (image) => image.remove()),
        begin(new Network().start(), (started) => started.stop()),
      ]);
      const database = new PostgreSqlContainer('postgres:17').withNetwork(network).withNetworkAliases('postgres');
      const [postgres, cloud] = await Promise.all([
        begin(database.start(), (started) => started.stop()),
        begin(SimulatorContainer.start(simulator.name, network), (started) => started.stop()),
      ]);
      return new Replicas({ ending, image: broker.name, network, postgres, cloud });
    } catch (error) {
      await ending.run();
      throw error;
    }
  }

  /** Starts one more broker; resolves when it is ready and its health check has passed. */
  async broker(): Promise<StartedTestContainer> {
    const { ending, image, network } = this.#parts;
    const container = await new BrokerContainer(image)
      .withNetwork(network)
      .withEnvironment(this.#environment())
      .withBindMounts([
        { source: this.#file('log-key.pem'), target: '/run/interlock/log-key.pem', mode: 'ro' },
        { source: this.#file('disclosure-key'), target: '/run/interlock/disclosure-key', mode: 'ro' },
        { source: this.#file('ca.pem'), target: '/run/interlock/ca.pem', mode: 'ro' },
        { source: policy, target: '/etc/interlock/policy.yaml', mode: 'ro' },
      ])
      .withWaitStrategy(Wait.forAll([Wait.forHealthCheck(), Wait.forHttp('/health/ready', 8080)]))
      .start();
    ending.add(async () => {
      await container.stop();
    });
    return container;
  }

  /** Token of the HR portal, which docker/policy.yaml lets pause, and of a reviewer. */
  hrPortal(): Promise<string> {
    return this.cloud.ask('mintToken', { application: ids.hrPortal.appId, roles: ['Jobs.Pause'] });
  }

  reviewer(): Promise<string> {
    return this.cloud.ask('mintToken', { application: ids.console.appId, roles: ['Audit.Read'] });
  }

  /** Every event, read from the database, once the whole log was derived again from its bytes; throws when it fails. */
  verifiedEvents(): Promise<readonly Recorded[]> {
    return verifiedEvents({
      DATABASE_URL: this.#parts.postgres.getConnectionUri(),
      INTERLOCK_LOG_ORIGIN: origin,
      INTERLOCK_LOG_KEY_FILE: this.#file('log-key.pem'),
    });
  }

  async stop(): Promise<void> {
    await this.#parts.ending.run();
    rmSync(this.#folder, { recursive: true });
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  #environment(): Record<string, string> {
    const { postgres } = this.#parts;
    const user = `${postgres.getUsername()}:${postgres.getPassword()}`;
    return {
      AZURE_TENANT_ID: ids.tenant,
      AZURE_CLIENT_ID: ids.interlock.appId,
      INTERLOCK_CREDENTIAL: 'secret',
      AZURE_CLIENT_SECRET: interlockSecret,
      INTERLOCK_AUDIENCES: `api://interlock,${ids.interlock.appId}`,
      INTERLOCK_CUSTOM_ENDPOINTS: 'allow',
      AZURE_AUTHORITY_HOST: 'https://simulator:8443',
      GRAPH_BASE_URL: 'https://simulator:8443',
      NODE_EXTRA_CA_CERTS: '/run/interlock/ca.pem',
      INTERLOCK_POLICY: '/etc/interlock/policy.yaml',
      DATABASE_URL: `postgres://${user}@postgres:5432/${postgres.getDatabase()}`,
      INTERLOCK_LOG_ORIGIN: origin,
      INTERLOCK_LOG_KEY_FILE: '/run/interlock/log-key.pem',
      INTERLOCK_DISCLOSURE_KEY_FILE: '/run/interlock/disclosure-key',
    };
  }
}
