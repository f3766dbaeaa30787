import { type Action, actions, type Clock, type EpochMillis, InvalidInput, parseTimestamp } from '#kernel';
import { policyJsonSchema, type Question, readDuration } from '#policy';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { diffCommand } from './diff-command.ts';
import { explainCommand } from './explain-command.ts';
import { lintCommand, type LintOptions } from './lint-command.ts';
import { NotRun } from './policy-files.ts';
import { testCommand } from './test-command.ts';
import { whoCanCommand } from './who-can-command.ts';

/** What the commands need of the program that they are part of. */
export interface PolicyCommandParts {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly end: (code: ExitCode) => void;
}

type Json = { readonly json: boolean };

/** Adds `lint`, `test`, `explain`, `who-can`, `diff` and `schema` to `interlock policy`. */
export function addPolicyCommands(policy: Command, { terminal, clock, end }: PolicyCommandParts): void {
  const run = (command: () => ExitCode): void => {
    try {
      end(command());
    } catch (error) {
      if (!(error instanceof NotRun || error instanceof InvalidInput)) throw error;
      terminal.error(`${error.message}\n`);
      end(exitCode.notRun);
    }
  };
  const add = (name: string, description: string, codes: string): Command =>
    policy.command(name).description(description).addHelpText('after', `\nExit codes: ${codes}\n`);
  const json = (): Option => new Option('--json', 'print one JSON object').default(false);
  const at = (): Option =>
    new Option('--at <time>', 'as if it were this RFC 3339 time').argParser(timeOf).default(clock.now(), 'now');

  add('lint', 'check a policy file and tell all that is wrong with it or odd about it', problemCodes)
    .argument('<file>', 'the policy file')
    .option('--strict', 'count warnings as problems', false)
    .addOption(at())
    .addOption(json())
    .action((file: string, options: LintOptions) => {
      run(() => lintCommand(file, options, terminal));
    });
  add('test', 'run the cases of a policy file and of files beside it', '0 all passed, 1 some failed, 2 could not run')
    .argument('<file>', 'the policy file')
    .argument('[cases...]', 'files of cases')
    .addOption(json())
    .action((file: string, cases: readonly string[], options: Json) => {
      run(() => testCommand(file, cases, options, terminal));
    });
  add('explain', 'tell how a request is judged, rule by rule', '0 allowed, 1 denied, 2 could not run')
    .argument('<file>', 'the policy file')
    .requiredOption('--caller <names>', 'a caller of the file; a comma list for one person; "" for a stranger')
    .addOption(new Option('--action <action>').choices(actions).makeOptionMandatory())
    .requiredOption('--job <job>', 'an alias, or servicePrincipalId/jobId')
    .option('--reason <text>')
    .option('--ticket <text>')
    .addOption(new Option('--duration <duration>', 'such as PT2H').argParser(durationOf).conflicts('until'))
    .addOption(new Option('--until <time>', 'RFC 3339').argParser(timeOf))
    .addOption(at())
    .addOption(json())
    .action((file: string, options: ExplainOptions) => {
      run(() => explainCommand(file, questionOf(options), options, terminal));
    });
  add('who-can', 'tell who can do something to a job', '0 told, 2 could not run')
    .addArgument(new Argument('<action>').choices(actions))
    .argument('<job>', 'an alias, or servicePrincipalId/jobId')
    .argument('<file>', 'the policy file')
    .addOption(json())
    .action((action: Action, job: string, file: string, options: Json) => {
      run(() => whoCanCommand(file, action, job, options, terminal));
    });
  add('diff', 'tell what changes from one policy file to another', '0 nothing, 1 something, 2 could not run')
    .argument('<old>', 'the policy file of today')
    .argument('<new>', 'the one to come')
    .addOption(json())
    .action((old: string, candidate: string, options: Json) => {
      run(() => diffCommand(old, candidate, options, terminal));
    });
  add('schema', 'print the JSON Schema of the policy file', '0 printed').action(() => {
    terminal.out(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  });
}

const problemCodes = `${exitCode.ok} ok, ${exitCode.problems} problems found, ${exitCode.notRun} could not run`;

interface ExplainOptions extends Json {
  readonly caller: string;
  readonly action: Action;
  readonly job: string;
  readonly reason?: string;
  readonly ticket?: string;
  /** Milliseconds. */
  readonly duration?: number;
  readonly until?: EpochMillis;
  readonly at: EpochMillis;
}

function questionOf({ caller, action, job, reason, ticket, duration, at, ...given }: ExplainOptions): Question {
  const until = duration === undefined ? given.until : ((at + duration) as EpochMillis);
  const justification = {
    ...(reason !== undefined && { reason }),
    ...(ticket !== undefined && { ticket }),
    ...(until !== undefined && { until }),
  };
  return { callers: caller.split(',').filter((name) => name !== ''), action, job, justification, at };
}

function timeOf(text: string): EpochMillis {
  const time = parseTimestamp(text);
  if (time === undefined) throw new InvalidArgumentError('It must be a date and time with zone, as in RFC 3339.');
  return time;
}

function durationOf(text: string): number {
  const duration = readDuration(text);
  if (duration === undefined) throw new InvalidArgumentError('It must be an ISO 8601 duration such as PT2H.');
  return duration.millis;
}
