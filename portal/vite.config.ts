import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';
import { worded } from './worded.ts';

const SERVER = 'http://localhost:8080';

/** Builds the portal into static files: no script or style stands in the page itself, so that the policy can be strict. */
export default defineConfig({
  logLevel: 'warn',
  plugins: [react(), worded(), compressed()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // The only file with a fixed name is the page; everything else is named by its content, and may be kept forever.
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '/graphql': SERVER, '/c': SERVER, '/health': SERVER } },
});
