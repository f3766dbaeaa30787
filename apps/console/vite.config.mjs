import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: {
    outDir: '../../dist/apps/console',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file of its own: the content security policy has no room for data: or inline anything.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // test/browser holds the first load to its limit, as it goes over the wire.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // Libraries mark what runs in browsers only; here everything does.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
});
