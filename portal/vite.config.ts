import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';
import { pageTexts } from './page-texts.ts';

const SERVER = 'http://localhost:8080';

/** Builds the portal into static files. The page contains no inline script or style, so that its security policy can be strict. */
export default defineConfig({
  logLevel: 'warn',
  plugins: [react(), pageTexts(), compressed()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // Only the page has a fixed name; all other files have a hash of their content in the name, and can be cached forever.
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  experimental: {
    // The server may publish the page below any path and changes the links in it; all other files find each other from where they are.
    renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/c/', '/service/', '/health/', '/.well-known/'].map((path) => [path, SERVER]),
    ),
  },
});
