import { GenericContainer, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import type { Control } from '../../apps/simulator/src/control/control.ts';
import { call } from './http-client.ts';

type Command = {
  [Name in keyof Control]: Control[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Control];
type Argument<Name extends Command> = Parameters<Control[Name]>[0];
type Result<Name extends Command> = Awaited<ReturnType<Control[Name]>>;

const caFile = '/certificates/ca.pem';

/** The Microsoft cloud of the container suite: `https://simulator:8443` on its network. */
export class SimulatorContainer {
  private constructor(
    private readonly container: StartedTestContainer,
    /** What brokers must trust, PEM. */
    readonly caPem: string,
  ) {}

  static async start(image: string, network: StartedNetwork): Promise<SimulatorContainer> {
    const container = await new GenericContainer(image)
      .withNetwork(network)
      .withNetworkAliases('simulator')
      .withEnvironment({ SIMULATOR_HOST: '0.0.0.0', SIMULATOR_EXPOSE_CONTROL: 'true', SIMULATOR_CA_FILE: caFile })
      .withExposedPorts(8444)
      .withWaitStrategy(Wait.forHealthCheck())
      .start();
    return new SimulatorContainer(container, (await container.exec(['cat', caFile])).output);
  }

  /** Calls the simulator's control port. */
  ask<Name extends Command>(command: Name, argument?: Argument<Name>): Promise<Result<Name>> {
    return askControl(`http://${this.container.getHost()}:${this.container.getMappedPort(8444)}`, command, argument);
  }

  async stop(): Promise<void> {
    await this.container.stop();
  }
}

/** Calls a command of the control port at `url`; throws when it refuses. */
export async function askControl<Name extends Command>(
  url: string,
  command: Name,
  argument?: Argument<Name>,
): Promise<Result<Name>> {
  const reply = await call(`${url}/${command}`, { method: 'POST', body: argument ?? {} });
  if (reply.status !== 200) throw new Error(`The simulator refused ${command}: ${JSON.stringify(reply.data)}`);
  return (reply.data as { result: Result<Name> }).result;
}
