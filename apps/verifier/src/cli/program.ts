import { Command, Option } from 'commander';
import { checkDatabase } from '../database/check-database.ts';
import { addressOf, openRows } from '../database/open-rows.ts';
import { checkBundle } from '../files/check-bundle.ts';
import { checkExport } from '../files/check-export.ts';
import { checkGrowth, checkInclusion, type Proven } from '../files/check-proof.ts';
import { checkHttpLog } from '../http/check-http-log.ts';
import { TileClient } from '../http/tile-client.ts';
import { openCheckpoint } from '../note/checkpoint.ts';
import type { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import { hashOfLeaf } from '../tree/hash.ts';
import { openBundle, readBytes, readSeen, readText, readTrust } from './inputs.ts';

/** All options; each command has some of them. */
interface Options {
  readonly vkey?: readonly string[];
  readonly trust?: string;
  readonly json?: true;
  readonly seen?: readonly string[];
  readonly tokenFile?: string;
  readonly leaf?: string;
  readonly proof?: string;
  readonly disclosureKeyFile?: string;
}

/** Verifies one thing into a report. */
export type Check = (trust: Trust | undefined, report: Report) => Promise<void>;

/** Runs a check with the options that all commands share. */
export type RunCheck = (options: { readonly json: boolean }, trust: Trust | undefined, check: Check) => Promise<void>;

const exitCodes = `
Exit codes:
  0  verified
  1  something does not fit; every problem is listed
  2  wrong usage, or the input cannot be read: nothing is said about the log
  3  nothing wrong was found, but not everything could be verified`;

/** The command line of `interlock-verify`. Each command hands its check to `run`. */
export function program(run: RunCheck): Command {
  const root = new Command('interlock-verify')
    .description('Verifies the audit log of Interlock, on its own and from stored bytes.')
    .addHelpText('after', exitCodes);
  const command = (usage: string, description: string) =>
    root
      .command(usage)
      .description(description)
      .addOption(repeatable('--vkey <key>', "a key of the log to trust, as in the log's /vkey; may be repeated"))
      .option('--trust <file>', 'trust file: a list of {vkey, fromSize, toSize?}')
      .option('--json', 'print the result as JSON')
      .addHelpText('after', exitCodes);
  const verify = async (options: Options, check: Check) =>
    run({ json: options.json === true }, await readTrust(options), check);

  command('log <url>', 'a live log, such as https://broker.example/log')
    .option('--token-file <file>', 'file with a bearer token that may read entries')
    .addOption(seenOption())
    .action((url: string, options: Options) =>
      verify(options, async (trust, report) => {
        const token = options.tokenFile === undefined ? undefined : (await readText(options.tokenFile)).trim();
        await checkHttpLog(new TileClient(url, token), trust, await readSeen(options.seen, trust, report), report);
      }),
    );
  command('database <address>', 'a SQLite file or a postgres:// URL; it may be in use')
    .addOption(seenOption())
    .option('--disclosure-key-file <file>', 'opens sealed personal fields, to check them too')
    .action((address: string, options: Options) =>
      verify(options, async (trust, report) => {
        const key = options.disclosureKeyFile === undefined ? undefined : await readText(options.disclosureKeyFile);
        const rows = await openRows(addressOf(address));
        try {
          await checkDatabase(rows, trust, await readSeen(options.seen, trust, report), report, key);
        } finally {
          await rows.close();
        }
      }),
    );
  command('proof <file>', 'a .tlog-proof of one entry')
    .requiredOption('--leaf <file>', 'the exact bytes of the entry')
    .action((file: string, options: Options) =>
      verify(options, async (trust, report) => {
        const leaf = hashOfLeaf(await readBytes(options.leaf ?? ''));
        const open = (text: string) => openCheckpoint(text, trust, report, 'checkpoint of the proof');
        const proven = checkInclusion(await readText(file), leaf, open, report);
        report.checked = 1;
        if (proven !== undefined) facts(report, proven);
      }),
    );
  command('checkpoints <old> <new>', 'two checkpoints: whether the log only grew')
    .option('--proof <file>', 'consistency proof, needed when the sizes differ')
    .action((older: string, newer: string, options: Options) =>
      verify(options, async (trust, report) => {
        const before = openCheckpoint(await readText(older), trust, report, 'older checkpoint');
        const after = openCheckpoint(await readText(newer), trust, report, 'newer checkpoint');
        const proof = options.proof === undefined ? undefined : await readText(options.proof);
        if (before !== undefined && after !== undefined) checkGrowth(before, after, proof, report);
      }),
    );
  command('export <file>', 'an NDJSON export').action((file: string, options: Options) =>
    verify(options, (trust, report) => checkExport(file, trust, report)),
  );
  command('bundle <path>', 'an evidence bundle, as .zip or unpacked').action((path: string, options: Options) =>
    verify(options, async (trust, report) => {
      const bundle = await openBundle(path);
      try {
        await checkBundle(bundle, trust, report);
      } finally {
        bundle.close();
      }
    }),
  );
  return root;
}

function facts(report: Report, { index, checkpoint }: Proven): void {
  report.fact('origin', checkpoint.origin);
  report.fact('size', checkpoint.size);
  report.fact('index', index);
}

function seenOption(): Option {
  return repeatable('--seen <file>', 'a checkpoint kept from before, which the log must extend; may be repeated');
}

function repeatable(flags: string, description: string): Option {
  const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
  return new Option(flags, description).argParser(collect);
}
