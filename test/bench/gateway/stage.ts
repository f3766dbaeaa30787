import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, issueServerIdentity } from '../../../apps/simulator/src/keys/identity.ts';
import { ids } from '../../../apps/simulator/src/world/default-world.ts';
import { Interlock } from '../../support/interlock.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { benchPolicy, type PauseRequest, pauseRequests } from './bench-world.ts';
import { MeasuredProcess } from './measured-process.ts';

/** What all peers share: Entra, the upstream in Graph's place, the callers' requests, databases. */
export class Stage {
  readonly #interlock: Interlock;
  readonly #ends: (() => Promise<void>)[] = [];
  #databases = 0;

  private constructor(
    interlock: Interlock,
    readonly requests: readonly PauseRequest[],
    /** Certificate of the upstream's authority, PEM. */
    readonly ca: string,
    readonly upstream: MeasuredProcess,
  ) {
    this.#interlock = interlock;
  }

  /** The upstream answers after `delayMillis`, 0 being at once. */
  static async start(delayMillis = 0): Promise<Stage> {
    const interlock = await Interlock.start();
    const ca = await createAuthority();
    const { certificate, privateKey } = await issueServerIdentity(ca, ['localhost']);
    const file = (name: string, text: string) => {
      const path = join(interlock.folder, name);
      writeFileSync(path, text);
      return path;
    };
    file('authorities.pem', `${interlock.cloud.caPem}\n${ca.certificate}`);
    file('bench-policy.json', benchPolicy);
    const upstream = await MeasuredProcess.start([process.execPath, 'test/bench/peers/upstream.ts'], {
      DELAY_MILLIS: String(delayMillis),
      TLS_CERT: file('upstream.pem', certificate),
      TLS_KEY: file('upstream-key.pem', privateKey),
    });
    return new Stage(interlock, await pauseRequests(interlock), ca.certificate, upstream);
  }

  /** Starts the broker from the build, as the image starts it. */
  broker(overrides: Readonly<Record<string, string>>): Promise<MeasuredProcess> {
    return this.#started(
      ['--enable-source-maps', '--max-semi-space-size=16', 'dist/bin/broker.js'],
      this.environment(overrides),
    );
  }

  /** What a broker needs; a database of its own unless told otherwise. */
  environment(overrides: Readonly<Record<string, string>>): Record<string, string> {
    this.#databases += 1;
    return this.#interlock.environment({
      GRAPH_BASE_URL: this.upstream.url,
      INTERLOCK_POLICY: join(this.#interlock.folder, 'bench-policy.json'),
      DATABASE_URL: `sqlite:${join(this.#interlock.folder, `bench-${this.#databases}.db`)}`,
      NODE_EXTRA_CA_CERTS: this.#authorities,
      ...overrides,
    });
  }

  /** Starts a program of test/bench/peers. */
  peer(name: string, environment: Readonly<Record<string, string>> = {}): Promise<MeasuredProcess> {
    return this.#started([`test/bench/peers/${name}.ts`], {
      UPSTREAM: this.upstream.url,
      JWKS_URI: this.keys.url,
      ISSUER: `https://login.microsoftonline.com/${ids.tenant}/v2.0`,
      AUDIENCE: ids.interlock.appId,
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: this.#authorities,
      ...environment,
    });
  }

  /** Starts any other program. */
  async program(command: readonly [string, ...string[]]): Promise<MeasuredProcess> {
    const started = await MeasuredProcess.start(command, {});
    this.#ends.push(() => started.stop());
    return started;
  }

  /** Writes a file that ends with the stage; gives its path. */
  file(name: string, text: string): string {
    const path = join(this.#interlock.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Where Entra publishes its keys, and whose certificate it has there. */
  get keys(): { readonly url: string; readonly ca: string } {
    const { url, caPem } = this.#interlock.cloud;
    return { url: `${url}/${ids.tenant}/discovery/v2.0/keys`, ca: caPem };
  }

  /** A PostgreSQL database of its own, which ends with the stage. */
  async postgres(): Promise<TestPostgres> {
    const postgres = await startPostgres();
    this.#ends.push(() => postgres.stop());
    return postgres;
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
    await this.upstream.stop();
    await this.#interlock.stop();
  }

  get #authorities(): string {
    return join(this.#interlock.folder, 'authorities.pem');
  }

  async #started(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<MeasuredProcess> {
    const started = await MeasuredProcess.start([process.execPath, ...args], environment);
    this.#ends.push(() => started.stop());
    return started;
  }
}
