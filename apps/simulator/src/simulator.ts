import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { assemble } from './assembly.ts';
import type { Clock } from './clock.ts';
import { type CloudName, clouds, realHosts } from './clouds.ts';
import { Control, type Controlled } from './control/control.ts';
import { type ControlListener, listenControl } from './control/control-listener.ts';
import { type Listener, listenHttp, listenHttps } from './http/listener.ts';
import { createAuthority, createRsaIdentity, type Identity, issueServerIdentity } from './keys/identity.ts';
import { IdentityFiles } from './keys/identity-files.ts';
import { KeyRings } from './keys/key-rings.ts';
import { defaultWorld, ids } from './world/default-world.ts';
import type { World } from './world/world.ts';

export interface SimulatorOptions {
  /** Address of the HTTPS listener; default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Address of the control listener; default 127.0.0.1. Whoever reaches it owns the simulated world. */
  readonly controlHost?: string;
  readonly controlPort?: number;
  /** Port of the Azure host's managed identity endpoints, at `controlHost`; 0, the default, takes any free one. */
  readonly identityPort?: number;
  /** Cloud of requests whose host is not one of Microsoft's; default global. */
  readonly cloud?: CloudName;
  /** Further names and addresses for the server certificate. */
  readonly names?: readonly string[];
  /** Where to write the CA certificate, PEM. */
  readonly caFile?: string;
  /** Where to keep the CA, the client certificate and the signing keys over a restart. */
  readonly keyDirectory?: string;
  readonly world?: World;
  readonly clock?: Clock;
  /** Seconds that tokens of the token endpoint live; default 3599, as at Entra. */
  readonly tokenLifetime?: number;
  /** How many journal entries to keep at least; default 10,000. */
  readonly journalCapacity?: number;
}

/** Variables by which a workload finds its managed identity. */
export interface ManagedIdentityVariables {
  readonly appService: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** A virtual machine's IMDS has a fixed address; this variable moves it. */
  readonly virtualMachine: { readonly AZURE_POD_IDENTITY_AUTHORITY_HOST: string };
}

interface Running {
  readonly caPem: string;
  readonly clientIdentity: Identity;
  readonly https: Listener;
  readonly azureHost: Listener;
  readonly azureHostUrl: string;
  readonly identityHeader: string;
  readonly controlServer: ControlListener;
}

/** A running simulator. Everything that the control port offers is a method of it. */
export class Simulator extends Control {
  /** Base URL of both Entra and Graph. */
  readonly url: string;
  readonly controlUrl: string;
  /** What Azure puts into the environment of a workload that has a managed identity. */
  readonly managedIdentity: ManagedIdentityVariables;
  /** The CA that clients have to trust. */
  readonly caPem: string;
  /** A certificate that is registered with Interlock's application. */
  readonly clientIdentity: Identity;
  readonly #running: Running;

  constructor(parts: Controlled, running: Running) {
    super(parts);
    this.#running = running;
    this.url = `https://localhost:${running.https.port}`;
    this.controlUrl = running.controlServer.url;
    const { azureHostUrl, identityHeader } = running;
    this.managedIdentity = {
      appService: { IDENTITY_ENDPOINT: `${azureHostUrl}/msi/token`, IDENTITY_HEADER: identityHeader },
      virtualMachine: { AZURE_POD_IDENTITY_AUTHORITY_HOST: azureHostUrl },
    };
    this.caPem = running.caPem;
    this.clientIdentity = running.clientIdentity;
  }

  /** Lets go of delayed requests, breaks open connections and stops. */
  async close(): Promise<void> {
    this.clearFaults();
    const { https, azureHost, controlServer } = this.#running;
    await Promise.all([https.close(), azureHost.close(), controlServer.close()]);
  }
}

/** The world with the client certificate registered for Interlock's application, where there is one. */
function withCertificate(world: World, { certificate }: Identity): World {
  const applications = world.applications.map((app) =>
    app.appId === ids.interlock.appId ? { ...app, certificates: [...app.certificates, certificate] } : app,
  );
  return { ...world, applications };
}

/** Starts the stand-in for Entra and Graph. Rejects when an address is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', controlHost = '127.0.0.1', world = defaultWorld() } = options;
  const files = new IdentityFiles(options.keyDirectory);
  const [authority, clientIdentity, rings] = await Promise.all([
    files.obtain('ca', createAuthority),
    files.obtain('interlock-client', () => createRsaIdentity('interlock')),
    KeyRings.create(
      world.tenants.map(({ id }) => id),
      files,
    ),
  ]);
  const names = ['localhost', '127.0.0.1', '::1', 'simulator', ...realHosts, ...(options.names ?? [])];
  const server = await issueServerIdentity(authority, [...new Set(names)]);
  if (options.caFile !== undefined) await writeFile(options.caFile, authority.certificate);

  const identityHeader = randomBytes(16).toString('hex');
  const { door, hostDoor, parts } = assemble({
    world: withCertificate(world, clientIdentity),
    rings,
    clock: options.clock ?? Date.now,
    defaultCloud: clouds[options.cloud ?? 'global'],
    tokenLifetime: options.tokenLifetime ?? 3599,
    journalCapacity: options.journalCapacity ?? 10_000,
    identityHeader,
  });
  const listeners: { close(): Promise<void> }[] = [];
  const opened = async <Opened extends { close(): Promise<void> }>(opening: Promise<Opened>): Promise<Opened> => {
    const listener = await opening;
    listeners.push(listener);
    return listener;
  };
  try {
    const https = await opened(listenHttps(door, server, host, options.port ?? 0));
    const azureHost = await opened(listenHttp(hostDoor, controlHost, options.identityPort ?? 0));
    const controlServer = await opened(listenControl(new Control(parts), controlHost, options.controlPort ?? 0));
    const azureHostUrl = `http://${controlHost}:${azureHost.port}`;
    const { certificate: caPem } = authority;
    return new Simulator(parts, {
      caPem,
      clientIdentity,
      https,
      azureHost,
      azureHostUrl,
      identityHeader,
      controlServer,
    });
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    throw error;
  }
}
