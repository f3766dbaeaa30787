// Bundles the programs that start often, so that a start reads a few files and not thousands (ADR 15). With
// `--mode test`, those that only tests start.
import { defineConfig } from 'vite';

/** Of a package, or of what stands for an optional one that is not installed. */
const isForeign = (id) => /\/node_modules\/|__vite-/.test(id);

/**
 * Maps our code to its TypeScript and leaves that of packages as it is: the first stack trace reads every map on its way,
 * and theirs would take a quarter of a start.
 */
const onlyOurMaps = {
  name: 'only-our-maps',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.moduleIds.every(isForeign)) continue;
      delete bundle[`${chunk.fileName}.map`];
      chunk.code = chunk.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    }
  },
};

const bundles = {
  production: {
    outDir: 'dist/bin',
    input: { broker: 'apps/broker/src/main.ts', interlock: 'apps/cli/src/main.ts' },
  },
  test: {
    outDir: 'dist/test',
    input: { 'failpoint-broker': 'test/support/failpoint-broker.ts', simulator: 'apps/simulator/src/simulator.ts' },
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [onlyOurMaps],
  publicDir: false,
  // Packages as Node finds them, and not the files that they keep for browsers.
  resolve: { mainFields: ['main'] },
  ssr: { noExternal: true, resolve: { conditions: ['source', 'node'] } },
  build: {
    ssr: true,
    outDir: bundles[mode].outDir,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: bundles[mode].input,
      output: {
        keepNames: true,
        comments: { legal: true, annotation: false, jsdoc: false },
        // Decorators need reflect-metadata evaluated before them, whatever chunk it is in.
        strictExecutionOrder: true,
        sourcemapExcludeSources: true,
        entryFileNames: '[name].js',
        chunkFileNames: ({ name }) => `chunks/${name.replace(/~.*/, '')}-[hash].js`,
        codeSplitting: { groups: [{ name: 'packages', test: isForeign, entriesAware: true }] },
      },
      // Types that decorators' metadata looks for and that are no classes: it falls back to Object, as tsc does.
      onwarn: (warning, warn) => (warning.code === 'IMPORT_IS_UNDEFINED' ? undefined : warn(warning)),
    },
  },
}));
