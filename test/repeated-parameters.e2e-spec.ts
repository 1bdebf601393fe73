import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Browser } from './support/browser.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { ReceivedForm, watching } from './support/watched-requests.js';

interface ParameterCase {
  readonly id: string;
  readonly extraRedirectParameters: readonly { readonly name: string; readonly value: string }[];
  readonly sent: Readonly<Record<string, readonly string[]>>;
}

const { parameters } = JSON.parse(readFileSync('test/cases/operation.json', 'utf8')) as {
  readonly parameters: readonly ParameterCase[];
};

describe('Extra parameters of a login of which one occurs twice', () => {
  let scenario: OidcScenario;
  afterEach(() => scenario.close());

  const valuesIn = (query: URLSearchParams, { sent }: ParameterCase) =>
    Object.fromEntries(Object.keys(sent).map((name) => [name, query.getAll(name)]));
  const begun = async () => {
    const { headers } = await new Browser().fetch(`${scenario.app.url}/c/oidc/login?redirect_url=/profile`);
    return headers.get('location') ?? '';
  };

  it.each(parameters)('are all sent with the redirect: $id', async (one) => {
    const { extraRedirectParameters, sent } = one;
    scenario = await OidcScenario.open({ oidc: { extraRedirectParameters } });
    const { searchParams } = new URL(await begun());
    expect(valuesIn(searchParams, one)).toEqual(sent);
    for (const name of ['client_id', 'state', 'nonce', 'scope']) expect(searchParams.getAll(name)).toHaveLength(1);
  });

  it.each(parameters)('are all sent with a pushed request: $id', async (one) => {
    const { extraRedirectParameters, sent } = one;
    scenario = await OidcScenario.open({ pushedRequests: 'required', oidc: { extraRedirectParameters } });
    const pushed: ReceivedForm[] = [];
    scenario.provider.atOtherEndpoints = (request, _response, next) => watching(pushed, request, next);
    // Whatever the provider makes of these values.
    await begun();
    expect(pushed.map(({ form }) => valuesIn(form, one))).toEqual([sent]);
  });
});
