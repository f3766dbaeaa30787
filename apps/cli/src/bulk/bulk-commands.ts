import type { Variables } from '#config';
import { type Clock, CodedError } from '#kernel';
import { type Command, Option } from 'commander';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { accessToken, type TokenSource } from './access-token.ts';
import { BrokerClient, type BulkBody } from './broker-client.ts';
import { carryOut, type CarryOutParts, follow, rehearse } from './carry-out.ts';

interface BrokerOptions extends TokenSource {
  readonly url?: string;
  readonly json: boolean;
}

interface BulkOptions extends BrokerOptions, Omit<BulkBody, 'selector'> {
  readonly tag?: string;
  readonly alias?: readonly string[];
  readonly servicePrincipal?: string;
  readonly dryRun: boolean;
}

/** What the commands need of the program that they are part of. */
export interface BulkCommandParts {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly variables: () => Variables;
  readonly end: (code: ExitCode) => void;
}

/** Adds `interlock pause`, `start` and `operation`, which ask a broker over its API. */
export function addBulkCommands(program: Command, { terminal, clock, variables, end }: BulkCommandParts): void {
  const asking = async (options: BrokerOptions, work: (parts: CarryOutParts) => Promise<ExitCode>): Promise<void> => {
    try {
      const given = variables();
      const url = options.url ?? given['INTERLOCK_URL'] ?? 'http://127.0.0.1:8080';
      const client = new BrokerClient(url, await accessToken(options, given));
      end(await work({ client, clock, terminal, json: options.json }));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      terminal.error(`${error.message}\n`);
      end(exitCode.notRun);
    }
  };
  for (const action of ['pause', 'start'] as const) {
    const command = withBroker(program.command(action))
      .description(`${action} many jobs at once, through a broker, and follow it to the end`)
      .addOption(new Option('--tag <tag>', 'jobs with this tag').conflicts(['alias', 'servicePrincipal']))
      .addOption(
        new Option('--alias <names...>', "jobs by their names in the policy's catalog").conflicts('servicePrincipal'),
      )
      .option('--service-principal <id>', 'every job of this service principal')
      .option('--reason <text>', 'why')
      .option('--ticket <text>', 'change or incident number')
      .addOption(new Option('--duration <duration>', 'such as PT2H').conflicts('until'))
      .option('--until <time>', 'RFC 3339')
      .option('--dry-run', 'only tell what the policy says', false)
      .action((options: BulkOptions) => {
        const body = bodyOf(options);
        if (body === undefined) return command.error('error: give --tag, --alias or --service-principal');
        return asking(options, (parts) => (options.dryRun ? rehearse : carryOut)(action, body, parts));
      });
  }
  withBroker(program.command('operation'))
    .description('follow an operation that pause or start began')
    .argument('<id>', 'as they told it')
    .action((id: string, options: BrokerOptions) =>
      asking(options, async (parts) => follow(await parts.client.operation(id), parts)),
    );
}

function withBroker(command: Command): Command {
  return command
    .option('--url <url>', 'the broker; otherwise INTERLOCK_URL, or http://127.0.0.1:8080')
    .option('--token-file <file>', 'an access token for the broker; otherwise INTERLOCK_TOKEN')
    .option('--scope <scope>', 'get the token from the Azure CLI, for this scope, such as api://interlock/.default')
    .option('--json', 'print the operation as one JSON object', false)
    .addHelpText(
      'after',
      `\nExit codes: ${exitCode.ok} all done, ${exitCode.problems} some failed, denied or unknown, ${exitCode.notRun} could not run (usage, no token, refused)\n`,
    );
}

function bodyOf(options: BulkOptions): BulkBody | undefined {
  const { tag, alias, servicePrincipal, reason, ticket, duration, until } = options;
  const selector = {
    ...(tag !== undefined && { tag }),
    ...(alias !== undefined && { aliases: alias }),
    ...(servicePrincipal !== undefined && { servicePrincipalId: servicePrincipal }),
  };
  if (Object.keys(selector).length !== 1) return undefined;
  return {
    selector,
    ...(reason !== undefined && { reason }),
    ...(ticket !== undefined && { ticket }),
    ...(duration !== undefined && { duration }),
    ...(until !== undefined && { until }),
  };
}
