// @ts-check
/**
 * How pages that a strict policy guards are built by Vite: into hashed files, for a folder that is served as it is.
 * @param {{ root: string, base: string, out: string }} where
 */
export function forPages({ root, base, out }) {
  return {
    root,
    configFile: /** @type {const} */ (false),
    publicDir: /** @type {const} */ (false),
    logLevel: /** @type {const} */ ('warn'),
    base,
    oxc: { target: 'es2022' },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2022',
      // An address in the page would break its policy, and keep the file out of caches.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
    },
  };
}
