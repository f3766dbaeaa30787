import { Command, InvalidArgumentError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { cloudNames } from './clouds.ts';
import type { SimulatorOptions } from './simulator.ts';
import { World } from './world/world.ts';

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function worldFrom(file: string): World {
  return World.parse(JSON.parse(readFileSync(file, 'utf8')));
}

interface Flags extends Omit<SimulatorOptions, 'controlHost' | 'keyDirectory' | 'clock' | 'journalCapacity'> {
  readonly host: string;
  readonly exposeControl: boolean;
  readonly keyDir?: string;
}

/** Options from the command line; each flag also has an environment variable. Exits on a wrong flag. */
export function readCommandLine(argv: readonly string[]): SimulatorOptions {
  const flag = (flags: string, description: string, variable: string) =>
    new Option(flags, description).env(`SIMULATOR_${variable}`);
  const command = new Command('simulator')
    .description('Stand-in for the token service of Microsoft Entra and the synchronization API of Microsoft Graph.')
    .addOption(flag('--host <address>', 'address to listen on', 'HOST').default('127.0.0.1'))
    .addOption(flag('--port <number>', 'HTTPS port, 0 for any', 'PORT').argParser(wholeNumber).default(8443))
    .addOption(flag('--control-port <number>', 'control port', 'CONTROL_PORT').argParser(wholeNumber).default(8444))
    .addOption(flag('--identity-port <number>', 'managed identity endpoints', 'IDENTITY_PORT').argParser(wholeNumber))
    .addOption(
      flag('--expose-control', 'serve the control port on --host too, not on loopback only', 'EXPOSE_CONTROL').default(
        false,
      ),
    )
    .addOption(flag('--cloud <name>', 'cloud of unknown hosts', 'CLOUD').choices(cloudNames).default('global'))
    .addOption(flag('--names <name...>', 'further names in the server certificate', 'NAMES'))
    .addOption(flag('--ca-file <path>', 'where to write the CA certificate', 'CA_FILE'))
    .addOption(flag('--key-dir <path>', 'where to keep keys over a restart', 'KEY_DIR'))
    .addOption(flag('--token-lifetime <seconds>', 'life of tokens', 'TOKEN_LIFETIME').argParser(wholeNumber))
    .addOption(flag('--world <file>', 'JSON of another world', 'WORLD').argParser(worldFrom))
    .parse(argv);
  const { exposeControl, keyDir, ...rest } = command.opts<Flags>();
  return {
    ...rest,
    controlHost: exposeControl ? rest.host : '127.0.0.1',
    ...(keyDir === undefined ? {} : { keyDirectory: keyDir }),
  };
}
