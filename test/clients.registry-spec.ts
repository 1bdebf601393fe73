import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TokenIssuer } from '../src/registry/tokens/token-issuer.service.js';
import { Browser } from './support/browser.js';
import { CREATE_RULE, GENERATE } from './support/documents.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';
import { verifiedClaims } from './support/registry-client.js';
import { StockRegistry } from './support/stock-registry.js';

describe('At a stock registry', () => {
  let scenario: OidcScenario;
  let registry: StockRegistry;
  let lin: Browser;
  let secret: string;
  const tokens: string[] = [];

  async function open(changes: ProviderChanges = {}): Promise<void> {
    scenario = await OidcScenario.open(changes);
    const issuer = scenario.app.nest.get(TokenIssuer);
    const issue = issuer.issue.bind(issuer);
    jest.spyOn(issuer, 'issue').mockImplementation(async (grant) => {
      const issued = await issue(grant);
      tokens.push(issued.token);
      return issued;
    });
    registry = await StockRegistry.start(scenario.app.url);
    lin = await scenario.onboarded('lin');
    secret = await scenario.secretOf(lin);
  }
  /** Every token that a story caused is verified by a library that knows nothing of ours. */
  async function verifyTokens(): Promise<void> {
    for (const token of tokens.splice(0)) {
      const claims = await verifiedClaims(scenario.app.url, token, scenario.app.clock.now());
      expect(['', 'lin', 'sam', 'admin']).toContain(claims.sub);
    }
  }
  beforeEach(() => open());
  afterEach(async () => {
    await verifyTokens();
    await registry.stop();
    await scenario.close();
  });

  const rule = (repositoryPattern: string, more: object) =>
    scenario.app.ask(scenario.app.admin, CREATE_RULE, {
      input: { rule: { repositoryPattern, actions: ['PULL'], ...more } },
    });
  const asLin = () => `lin:${secret}`;
  const succeeds = expect.objectContaining({ code: 0 });

  it('docker logs in with the CLI secret, and prints what to do where it is wrong', async () => {
    expect((await registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
    const wrong = await registry.dockerLogin('lin', `${secret}x`);
    expect(wrong.code).not.toBe(0);
    expect(wrong.output).toContain('unauthorized: The user name or CLI secret is wrong');
    expect(wrong.output).toContain(`${scenario.app.url}/profile`);
  });

  it.each(['skopeo', 'podman'] as const)(
    '%s logs in with the CLI secret, and is refused with another',
    async (program) => {
      expect(await registry.login(program, 'lin', secret)).toEqual(succeeds);
      expect(await registry.login(program, 'lin', 'wrong')).not.toEqual(succeeds);
      expect(await registry.login(program, 'admin', scenario.app.adminPassword)).toEqual(succeeds);
    },
  );

  it('an image is pushed, read, copied to another repository, pulled and deleted by its owner', async () => {
    expect(await registry.push('users/lin/app', asLin())).toEqual(succeeds);
    expect((await registry.inspect('users/lin/app', asLin())).output).toContain('"sha256:');
    expect(await registry.copy('users/lin/app', 'users/lin/copy', asLin())).toEqual(succeeds);
    await registry.login('podman', 'lin', secret);
    expect(await registry.podmanPull('users/lin/copy')).toEqual(succeeds);
    expect(await registry.remove('users/lin/copy', asLin())).toEqual(succeeds);
    expect(await registry.inspect('users/lin/copy', asLin())).not.toEqual(succeeds);
  });

  it("containerd pulls with the POST form, and is refused with somebody else's secret", async () => {
    await registry.push('users/lin/app', asLin());
    await registry.startContainerd();
    expect(await registry.containerdFetch('users/lin/app', asLin())).toEqual(succeeds);
    expect((await registry.containerdFetch('users/lin/app', 'lin:wrong')).output).toContain('401');
  });

  it("somebody else's repository is closed to pull and push", async () => {
    await registry.push('users/lin/app', asLin());
    const sam = `sam:${await scenario.secretOf(await scenario.onboarded('sam'))}`;
    expect((await registry.inspect('users/lin/app', sam)).output).toMatch(/denied|unauthorized/);
    expect((await registry.push('users/lin/app', sam)).output).toMatch(/denied|unauthorized/);
    expect((await registry.copy('users/lin/app', 'users/sam/app', sam)).output).toMatch(/denied|unauthorized/);
  });

  it('anybody pulls what a rule opens, and nothing else', async () => {
    await registry.push('users/lin/app', asLin());
    expect(await registry.inspect('users/lin/app')).not.toEqual(succeeds);
    await rule('users/lin/*', { subjectKind: 'ANYONE' });
    expect(await registry.inspect('users/lin/app')).toEqual(succeeds);
  });

  it('the old secret is refused once there is a new one', async () => {
    await registry.push('users/lin/app', asLin());
    const old = asLin();
    secret = (await scenario.app.ask(lin, GENERATE)).data.generateCliSecret.cliSecret.secret;
    expect(await registry.inspect('users/lin/app', old)).not.toEqual(succeeds);
    expect(await registry.inspect('users/lin/app', asLin())).toEqual(succeeds);
  });

  it('a group opens a repository for as long as the provider says that one is in it', async () => {
    await registry.push('cluster/app', `admin:${scenario.app.adminPassword}`);
    await rule('cluster/*', { subjectKind: 'GROUP', groupName: 'crew' });
    expect(await registry.inspect('cluster/app', asLin())).toEqual(succeeds);
    scenario.provider.people.find(({ username }) => username === 'lin')!.groups = ['pilots'];
    await scenario.login(new Browser(), 'lin');
    expect((await registry.inspect('cluster/app', asLin())).output).toMatch(/denied|unauthorized/);
  });

  describe('when the token of the provider has expired', () => {
    // Within the leeway of a minute that a registry has for clocks.
    const TOKEN_SECONDS = 30;
    beforeEach(async () => {
      await registry.stop();
      await scenario.close();
      await open({ idTokenSeconds: TOKEN_SECONDS });
      await registry.push('users/lin/app', asLin());
      scenario.app.clock.advance(TOKEN_SECONDS + 1);
    });

    it('a pull refreshes it', async () => {
      expect(await registry.inspect('users/lin/app', asLin())).toEqual(succeeds);
      expect(scenario.provider.refreshes.succeeded).toBeGreaterThan(0);
      expect(scenario.provider.refreshes.refused).toBe(0);
    });

    it('docker tells to log in again where the provider refuses, and where', async () => {
      scenario.provider.people.splice(0);
      const { output } = await registry.dockerLogin('lin', secret);
      expect(output).toContain(
        `Your login was ended by the identity provider: log in at ${scenario.app.url}/ and try again.`,
      );
    });
  });

  it('docker tells a user whose login has ended to log in again, and where', async () => {
    await registry.stop();
    await scenario.close();
    await open({ idTokenSeconds: 300, oidc: { scope: 'openid,profile', extraRedirectParameters: [] } });
    expect((await registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
    await verifyTokens();
    scenario.app.clock.advance(301);
    const { output } = await registry.dockerLogin('lin', secret);
    expect(output).toContain(`unauthorized: Your login has expired: log in at ${scenario.app.url}/ and try again.`);
  });
});
