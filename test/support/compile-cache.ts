import { fileURLToPath } from 'node:url';

/**
 * For the environment of programs under test: compiling modules is much of a start, and the suites start programs by the
 * hundred.
 */
export const compileCache: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.cache/compiled', import.meta.url)),
};
