import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { LOGOUT, ME } from './support/documents.js';
import { freePort } from './support/free-port.js';
import { Nginx } from './support/nginx.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { PathHandling } from './support/path-proxy.js';
import { sendRaw } from './support/raw-request.js';
import { SiteBelowPath } from './support/site-below-path.js';
import { StockRegistry } from './support/stock-registry.js';

const PATH = '/tools/mooring';
const HEADERS = 'proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;';

/** As in docs/registry.md: a registry and Mooring at one host name. With a path at its end, proxy_pass replaces the location. */
const locationsOf = (handling: PathHandling, serverPort: number, registryPort: number) => `
    location /v2/ { proxy_pass http://127.0.0.1:${registryPort}; client_max_body_size 0; ${HEADERS} }
    location ${PATH}/ { proxy_pass http://127.0.0.1:${serverPort}${handling === 'REMOVED' ? '/' : ''}; ${HEADERS} }
    location / { return 404 "a neighbour"; }`;

describe.each<PathHandling>(['REMOVED', 'KEPT'])(
  'At one host with a registry, below a path that nginx has %s',
  (handling) => {
    let site: SiteBelowPath;
    let scenario: OidcScenario<SiteBelowPath>;
    let registry: StockRegistry;
    beforeAll(async () => {
      const registryPort = await freePort();
      site = await SiteBelowPath.start(PATH, ({ port, serverPort }) =>
        Nginx.start(port, locationsOf(handling, serverPort, registryPort)),
      );
      scenario = await OidcScenario.at(site);
      registry = await StockRegistry.start(site.url, { port: registryPort, address: new URL(site.url).host });
    });
    afterAll(async () => {
      await registry.stop();
      await scenario.close();
    });

    it('people log in and out, and registry clients push and are told where to find their secret', async () => {
      const lin = await scenario.onboarded('lin');
      const secret = await scenario.secretOf(lin);
      expect((await registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
      expect((await registry.dockerLogin('lin', 'wrong')).output).toContain(`${site.url}/profile`);
      expect(await registry.push('users/lin/app', `lin:${secret}`)).toMatchObject({ code: 0 });
      await site.ask(lin, LOGOUT);
      expect((await site.ask(lin, ME)).data.me).toBeNull();
    });

    it('the path without a slash at its end leads to the login page', async () => {
      const page = await new Browser().open(site.url);
      expect([page.url.href, page.headers.get('cache-control')]).toEqual([
        `${site.url}/`,
        expect.stringMatching(/^no-/),
      ]);
    });

    it.each([`${PATH}/health/live`, '/tools/%6dooring/health/live', `/x/../${PATH}/health/live`])(
      '%s is ours, as nginx reads it',
      async (target) => {
        const { status } = await sendRaw(site.origin, { method: 'GET', target });
        // nginx passes a target on as it was spelled where it keeps the path: then dots are not resolved, and it leads nowhere.
        expect(status).toBe(handling === 'KEPT' && target.includes('..') ? 404 : 200);
      },
    );

    it.each([`${PATH}x/health/live`, `${PATH}%2f..%2fhealth/live`, '/health/live', '/graphql', '/service/token'])(
      '%s is a neighbour, or leads nowhere',
      async (target) => {
        expect((await sendRaw(site.origin, { method: 'GET', target })).status).toBe(404);
      },
    );
  },
);
