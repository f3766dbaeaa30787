import { readFileSync } from 'node:fs';
import { DirectoryAnchor, LogKey } from '#audit';
import { type Configuration, ConfigurationError, describeMistakes, readConfiguration, type Variables } from '#config';
import { CodedError } from '#kernel';
import type { NoteVerifier } from '#tlog';

/** The log that the broker's environment names, with what is needed to read it. */
export interface LogSetup {
  readonly origin: string;
  readonly databaseUrl: string;
  /** PEM of the key in use. */
  readonly keyPem: string;
  /** The key in use, and the previous one if it is named. */
  readonly keys: readonly NoteVerifier[];
  /** The anchors that can be read back. */
  readonly memories: readonly DirectoryAnchor[];
}

/** A command cannot be run. The message says what to do. */
export class NotRunnable extends CodedError {
  override readonly code = 'not_runnable';
}

/** Reads it; {@link NotRunnable} when the configuration or a key file cannot be used. */
export function readLogSetup(variables: Variables): LogSetup {
  const { config, secrets } = configurationOf(variables);
  const { origin, keyFile, previousKeyFile } = config.log;
  const pems = [keyFile, ...(previousKeyFile === undefined ? [] : [previousKeyFile])].map(readText);
  return {
    origin,
    databaseUrl: secrets.databaseUrl,
    keyPem: pems[0] ?? '',
    keys: pems.map((pem) => LogKey.parse(origin, pem).signer.verifier),
    memories: config.anchors.targets.flatMap((target) =>
      target.kind === 'directory' ? [new DirectoryAnchor(target.path)] : [],
    ),
  };
}

/** The broker's configuration; {@link NotRunnable} with every mistake in it. */
export function configurationOf(variables: Variables): Configuration {
  try {
    return readConfiguration(variables);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new NotRunnable(describeMistakes(error.mistakes).join('\n'));
  }
}

/** The file's text; {@link NotRunnable} when it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new NotRunnable(`The file ${file} cannot be read`);
  }
}
