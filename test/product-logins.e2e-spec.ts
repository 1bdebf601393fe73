import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JWTPayload } from 'jose';
import { Preset, PRESET_NAMES, PRESETS } from '../portal/src/screens/administration/configuration/presets.js';
import { Browser } from './support/browser.js';
import { HOSTILE_CLIENT_SECRET } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { MODELLED_PRODUCTS } from './support/modelled-products.js';
import { modelled } from './support/modelled-providers.js';

const GROUPS = ['crew', 'ops'];
/** The roles of Zitadel: each with the organisations that granted it. */
const ROLES = { crew: { 2001: 'office.example' }, ops: { 2001: 'office.example' } };

describe('A login with the values of a preset', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it.each(PRESET_NAMES)('works at a provider that is and answers like the product: %s', async (name) => {
    const { product, values }: Preset = PRESETS[name];
    const { path, paths, kind } = MODELLED_PRODUCTS[product as keyof typeof MODELLED_PRODUCTS];
    const { groupsClaim } = values;
    const groups = groupsClaim === '' ? {} : { [groupsClaim]: name === 'zitadel' ? ROLES : GROUPS };
    // Some issuers are at one address here: each has a person of its own.
    const person = { sub: `sub-${name}`, preferred_username: `lin-${name}` };
    const claims = (honest: JWTPayload) => ({ ...honest, ...groups, ...person });
    const userinfo = (honest: object) => ({ ...honest, ...person });
    const like = modelled(kind, 'nothing', `${scenario.app.url}/c/oidc/callback`);
    const issuer = scenario.provider.issuerAt(path, { ...like, claims, userinfo }, paths);

    const extraRedirectParameters = values.extraRedirectParameters.split('\n').flatMap((line) => {
      const [parameter = '', value = ''] = line.split('=');
      return parameter === '' ? [] : [{ name: parameter, value }];
    });
    const filled = { scope: values.scope, groupsClaim: groupsClaim || null, extraRedirectParameters };
    const client = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
    const oidc = { ...client, ...filled, autoOnboard: true };
    expect((await scenario.app.configure({ authMode: 'OIDC', oidc })).code).toBeUndefined();

    const browser = new Browser();
    expect((await scenario.login(browser)).url.pathname).toBe('/profile');
    const asked = issuer.asked.find(({ endpoint }) => endpoint === 'authorize')!.form;
    expect(asked.get('scope')!.split(' ').sort()).toEqual(values.scope.split(',').sort());
    for (const { name: parameter, value } of extraRedirectParameters) expect(asked.get(parameter)).toBe(value);
    const { username, oidcIdentity, groups: read } = await scenario.me(browser);
    expect([username, oidcIdentity.issuer]).toEqual([person.preferred_username, issuer.url]);
    expect(read.map((group: { name: string }) => group.name)).toEqual(groupsClaim === '' ? [] : GROUPS);
  });
});
