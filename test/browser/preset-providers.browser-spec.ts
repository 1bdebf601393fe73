import { afterEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { redirectUriOf } from '../../src/config/public-urls.js';
import { HOSTILE_CLIENT_SECRET, HostileProvider } from '../support/hostile-provider.js';
import { MODELLED_PRODUCTS, ProductName } from '../support/modelled-products.js';
import { modelled } from '../support/modelled-providers.js';
import { barriersOf } from './axe.js';
import { FreshInstallation } from './fresh-installation.js';

const MINUTE_SECONDS = 60;
const DEFAULT_SCOPE = 'openid,profile,email,offline_access';
const NO_GROUPS = /^Skipped No groups claim is set/;

/** What people type first, and how the form or the report puts it right. */
interface Mistake {
  /** The endpoint as it is typed. */
  readonly typed?: (issuer: string, origin: string) => string;
  readonly scope?: string;
  /** What the form, or the headline of the report, says of it. */
  readonly told: RegExp;
  /** The finding whose *Fix it* mends it; undefined: the form has corrected it; null: a person types it again. */
  readonly fix?: 'Issuer' | 'Scopes' | null;
}

interface Story {
  /** Scope, group claim and extra parameters, as the button fills them in. */
  readonly filled: readonly [scope: string, groupsClaim: string, parameters: string];
  readonly mistake: Mistake;
  /** What the report says in the end of checks that depend on the product. */
  readonly seen: Readonly<Record<string, RegExp>>;
}

const slashMissing: Mistake = {
  typed: (issuer) => issuer.slice(0, -1),
  told: /publishes the issuer ".*\/", but the endpoint is ".*[^/]"/,
  fix: 'Issuer',
};
const knowsClient = { 'Client credentials': /^Passed .*it refuses a wrong secret/, 'Redirect URI': /^Passed / };
const announced = (scopes: number) => ({
  Scopes: new RegExp(`^(Passed|Skipped) The provider announces all ${scopes}`),
});

const STORIES: Readonly<Record<ProductName, Story>> = {
  Keycloak: {
    filled: [DEFAULT_SCOPE, 'groups', ''],
    mistake: {
      typed: (issuer) => ` ${issuer}/.well-known/openid-configuration`,
      told: /^Corrected: spaces removed, \/\.well-known\/openid-configuration removed\.$/,
    },
    seen: { ...knowsClient, ...announced(4), 'Group claim': /^Skipped .*does not announce the claim groups/ },
  },
  Okta: {
    filled: ['openid,profile,email,groups,offline_access', 'groups', ''],
    mistake: {
      typed: (issuer) => `${issuer}/oauth2/default`,
      told: /refuses the scope.*One or more scopes are not configured/,
      fix: null,
    },
    seen: { ...knowsClient, ...announced(5), 'Group claim': /^Skipped .*does not announce the claim groups/ },
  },
  'Entra ID': {
    filled: [DEFAULT_SCOPE, 'groups', ''],
    mistake: {
      typed: (_issuer, origin) => `${origin}/common/v2.0`,
      told: /the template of an issuer: the document is that of many tenants/,
      fix: null,
    },
    seen: {
      ...announced(4),
      PKCE: /^Skipped .*PKCE is always sent/,
      'Client credentials': /^Skipped .*answers a wrong secret in the same way\. Only a login can tell/,
      'Redirect URI': /^Skipped .*Only a login can tell/,
    },
  },
  Google: {
    filled: ['openid,profile,email', '', 'access_type=offline\nprompt=consent'],
    mistake: { scope: DEFAULT_SCOPE, told: /refuses the scope.*offline_access/, fix: 'Scopes' },
    seen: {
      ...knowsClient,
      ...announced(3),
      'Group claim': NO_GROUPS,
      'Refresh tokens': /^Skipped Many providers give a refresh token without offline_access/,
    },
  },
  dex: {
    filled: ['openid,profile,email,groups,offline_access', 'groups', ''],
    mistake: { typed: (_issuer, origin) => origin, told: /No discovery document: The answer is HTTP 404/, fix: null },
    seen: { 'Client credentials': knowsClient['Client credentials'], ...announced(5), 'Redirect URI': /^Passed / },
  },
  GitLab: {
    filled: ['openid,profile,email', 'groups_direct', ''],
    mistake: {
      typed: (issuer) => `${issuer}/`,
      told: /publishes the issuer ".*[^/]", but the endpoint is ".*\/"/,
      fix: 'Issuer',
    },
    seen: {
      'Client credentials': knowsClient['Client credentials'],
      ...announced(3),
      'Redirect URI': /^Skipped .*Only a login can tell/,
      'Group claim': /^Skipped The provider announces the claim groups_direct/,
    },
  },
  Authentik: {
    filled: [DEFAULT_SCOPE, 'groups', ''],
    mistake: slashMissing,
    seen: { ...knowsClient, ...announced(4), 'Group claim': /^Skipped The provider announces the claim groups\./ },
  },
  Auth0: {
    filled: [DEFAULT_SCOPE, '', ''],
    mistake: slashMissing,
    seen: { ...knowsClient, ...announced(4), 'Group claim': NO_GROUPS, 'Signing keys': /^Passed .*for RS256/ },
  },
  Zitadel: {
    filled: [DEFAULT_SCOPE, 'urn:zitadel:iam:org:project:roles', ''],
    mistake: {
      typed: (issuer) => `${issuer}/.well-known/openid-configuration/`,
      told: /^Corrected: \/\.well-known\/openid-configuration removed\.$/,
    },
    seen: {
      'Client credentials': knowsClient['Client credentials'],
      ...announced(4),
      'Redirect URI': /^Passed /,
      'Group claim': /^Skipped .*does not announce the claim urn:zitadel:iam:org:project:roles/,
    },
  },
  Other: {
    filled: [DEFAULT_SCOPE, '', ''],
    mistake: { typed: (issuer) => `"${issuer}" `, told: /^Corrected: spaces removed, quotation marks removed\.$/ },
    seen: { ...knowsClient, ...announced(4), 'Group claim': NO_GROUPS },
  },
};

describe('A preset', () => {
  let installation: FreshInstallation;
  let provider: HostileProvider;
  afterEach(async () => {
    await installation.close();
    await provider.close();
  });

  /** A provider like the product, and beside it the issuers with which its own is confused. */
  const start = async (name: ProductName): Promise<string> => {
    const { app } = installation;
    const { path, paths, kind } = MODELLED_PRODUCTS[name];
    const redirectUri = redirectUriOf(app.environment);
    provider = await HostileProvider.start(() => app.clock.now());
    const scopeWords = 'One or more scopes are not configured for the authorization server resource.';
    const custom = {
      ...MODELLED_PRODUCTS.Okta.kind,
      scopes: ['openid', 'profile', 'email', 'offline_access'],
      scopeWords,
    };
    provider.issuerAt('/oauth2/default', modelled(custom, 'nothing', redirectUri));
    const issuer = `${provider.origin}/{tenantid}/v2.0`;
    provider.issuerAt('/common/v2.0', { document: (honest) => ({ ...honest, issuer }) });
    return provider.issuerAt(path, modelled(kind, 'nothing', redirectUri), paths).url;
  };

  const open = async (): Promise<Page> => {
    installation = await FreshInstallation.open();
    await installation.page.getByText('Prepare and test an OIDC provider').click();
    return installation.page;
  };

  /** Status and detail of each check of a report, by its name. */
  const rowsOf = async (report: Locator): Promise<Record<string, string>> => {
    await report.getByText(/other checks?$/).click();
    const rows = await report.getByRole('listitem').allInnerTexts();
    const parts = rows.map((row) => row.split('\n').filter((line) => line.trim() !== ''));
    return Object.fromEntries(parts.map(([status, name, ...rest]) => [name, [status, ...rest].join(' ')]));
  };

  it.each(Object.keys(MODELLED_PRODUCTS) as ProductName[])(
    'is chosen and filled in, and leads past the usual mistake to a provider that can be used: %s',
    async (name) => {
      const { filled, mistake, seen } = STORIES[name];
      const page = await open();
      const issuer = await start(name);
      const endpoint = page.getByLabel('OIDC Provider Endpoint');
      const scope = page.getByLabel('OIDC Scope');
      const report = page.getByRole('region', { name: 'Test results' });
      const test = () => page.getByRole('button', { name: 'Test OIDC Server' }).click();
      await page.getByRole('combobox', { name: 'Provider', exact: true }).selectOption(name);
      const use = page.getByRole('button', { name: 'Use these values' });
      if (name === 'Other') expect(await use.count()).toBe(0);
      else await use.click();
      const [groups, parameters] = [page.getByLabel('Group Claim Name'), page.getByLabel('Extra redirect parameters')];
      expect([await scope.inputValue(), await groups.inputValue(), await parameters.inputValue()]).toEqual(filled);
      await page.getByLabel('OIDC Client ID').fill('mooring');
      await page.getByLabel('OIDC Client Secret').fill(HOSTILE_CLIENT_SECRET);

      await endpoint.fill(mistake.typed?.(issuer, provider.origin) ?? issuer);
      await endpoint.blur();
      if (mistake.scope !== undefined) await scope.fill(mistake.scope);
      if (mistake.fix === undefined) await page.getByText(mistake.told).waitFor();
      else {
        await test();
        await report.getByText('Login would fail').waitFor();
        expect(await report.getByRole('alert').innerText()).toMatch(mistake.told);
        if (mistake.fix === null) await endpoint.fill(issuer);
        else await report.getByRole('button', { name: `Fix it: ${mistake.fix}` }).click();
        // A provider is asked only so often in a minute.
        installation.app.clock.advance(MINUTE_SECONDS + 1);
      }
      expect([await endpoint.inputValue(), await scope.inputValue()]).toEqual([issuer, filled[0]]);

      await test();
      await report.getByText('The provider can be used.').waitFor();
      const rows = await rowsOf(report);
      expect(rows).toMatchObject({ Issuer: expect.stringMatching(/^Passed /), ...matching(seen) });
      expect(Object.entries(rows).filter(([, row]) => row.startsWith('Failed'))).toEqual([]);
      expect(await barriersOf(page)).toEqual([]);
    },
  );
});

function matching(seen: Readonly<Record<string, RegExp>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(seen).map(([name, text]) => [name, expect.stringMatching(text)]));
}
