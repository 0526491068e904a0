import { defineConfig } from 'vite';

// The development server: pages under demo/ and gallery/ run the sources as they are, with the core that
// `npm run assets` staged. The product itself is built by scripts/build.mjs.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  server: { port: 5173, strictPort: false, fs: { allow: ['..'] } },
  oxc: { target: 'es2022' },
});
