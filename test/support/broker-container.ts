import { createInterface } from 'node:readline';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';

/** The broker's image with its own entrypoint and as little right as docs/docker.md asks for. */
export class BrokerContainer extends GenericContainer {
  #output = '';

  constructor(image: string) {
    super(image);
    this.hostConfig.ReadonlyRootfs = true;
    // The image's own check, only more often: an interval alone leaves the rest as it is.
    this.createOpts.Healthcheck = { Interval: 1e9 };
    this.withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges:true')
      .withTmpFs({ '/tmp': '' })
      .withExposedPorts(8080)
      .withLogConsumer((stream) => stream.on('data', (chunk) => (this.#output += String(chunk))));
  }

  /** Mounts a new volume at /data, which takes its owner from the image; removed with the container. */
  withDataVolume(): this {
    this.createOpts.Volumes = { '/data': {} };
    return this;
  }

  override async start(): Promise<StartedTestContainer> {
    try {
      return await super.start();
    } catch (error) {
      throw new Error(`The broker did not become ready:\n${this.#output}`, { cause: error });
    }
  }
}

/** Where a container's broker answers from this machine. */
export function urlOf(container: StartedTestContainer): string {
  return `http://${container.getHost()}:${container.getMappedPort(8080)}`;
}

/** Resolves when a line of the container's output, past or to come, holds `text`. */
export async function whenLogged(container: StartedTestContainer, text: string): Promise<void> {
  for await (const line of createInterface({ input: await container.logs() })) if (line.includes(text)) return;
  throw new Error(`The container ended without logging ${text}`);
}

/** Stops a container as `docker stop` does, SIGTERM first, SIGKILL after 20 s; gives the exit code of process 1. */
export async function stopGracefully(container: StartedTestContainer): Promise<number> {
  const runtime = await getContainerRuntimeClient();
  const handle = runtime.container.getById(container.getId());
  await handle.stop({ t: 20 });
  return (await handle.inspect()).State.ExitCode;
}
