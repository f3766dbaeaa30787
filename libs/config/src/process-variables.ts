import type { Variables } from './environment.ts';

/** The variables of this process. Nothing else in Interlock reads the environment. */
export function processVariables(): Variables {
  return process.env;
}
