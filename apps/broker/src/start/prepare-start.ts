import { type Configuration, ConfigurationError, describeMistakes, readConfiguration, type Variables } from '#config';
import { type Inputs, readInputs } from './read-inputs.ts';
import { StartupError } from './startup-error.ts';

/** Everything that a start is given, read and checked. */
export interface Prepared {
  readonly configuration: Configuration;
  readonly inputs: Inputs;
}

/** Reads configuration, policy and keys; throws one {@link StartupError} that tells what is wrong with all of them. */
export function prepareStart(variables: Variables): Prepared {
  try {
    const configuration = readConfiguration(variables);
    return { configuration, inputs: readInputs(configuration.config) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new StartupError([...describeMistakes(error.mistakes), ...problemsWith(error.files)]);
  }
}

/** A start that fails anyway must not make a key; a key that would be made is not missing. */
function problemsWith(files: ConfigurationError['files']): readonly string[] {
  try {
    readInputs(files, { dryRun: true });
    return [];
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
}
