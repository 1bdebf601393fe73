import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CliSecretStatus, RefusedStatus, VerificationStatus } from '../src/cli-secrets/cli-secret-status.js';
import { STATUS_MESSAGES } from '../src/cli-secrets/status-messages.js';
import { words } from '../portal/src/words.js';
import { GRANT_REFUSALS, GrantRefusal, Refused, refusedGrant } from './support/grant-refusals.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { basic, getToken } from './support/registry-client.js';

const LATEST = `query Latest($action: String!) {
  auditEvents(filter: { action: $action }, first: 1) { edges { node { at outcome reason detail } } }
}`;
const ROW = 'oidcIdentity { tokenState reauthenticationReason } cliSecret { status }';
const ENDED_BY = 'query EndedBy { loginOptions { endedBy } }';

const NOT_REFUSED: GrantRefusal = { ...GRANT_REFUSALS[0]!, happens: () => undefined };

describe('A registry client is refused because', () => {
  let scenario: HostileScenario;
  let began: Date;
  let row = 0;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    await scenario.app.configure({ sessionIdleMinutes: 10_080, sessionMaximumMinutes: 43_200 });
  });
  afterAll(() => scenario.close());
  beforeEach(() => {
    // Events of the same kind are summed by the minute.
    scenario.app.clock.advance(61);
    began = scenario.app.clock.now();
  });

  const asked = async (username: string, secret: string) => {
    const authorization = basic(username, secret);
    const { status, body, headers, message } = await getToken(scenario.app.url, { service: 'registry' }, authorization);
    return [status, body.errors?.[0].code, message, headers.get('retry-after')];
  };
  const latest = async (action: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, LATEST, { action });
    const [event] = data.auditEvents.edges;
    if (!event || new Date(event.node.at) < began) return null;
    return [event.node.outcome, event.node.reason, event.node.detail];
  };
  const rowOf = ({ oidcIdentity, cliSecret }: Record<string, Record<string, string>>) => [
    oidcIdentity?.tokenState,
    oidcIdentity?.reauthenticationReason,
    cliSecret?.status,
  ];
  const userRow = async ({ userId }: Refused) => {
    const answer = await scenario.app.ask(scenario.app.admin, `query U($id: ID!) { user(id: $id) { ${ROW} } }`, {
      id: userId,
    });
    return rowOf(answer.data.user);
  };
  const ownRow = async ({ browser }: Refused) => {
    const { data } = await scenario.app.ask(browser, `{ me { ${ROW} } }`);
    if (data.me) return rowOf(data.me);
    return ['ENDED', (await scenario.app.ask(browser, ENDED_BY)).data.loginOptions.endedBy];
  };
  const filled = ([status, code, message, retryAfter]: GrantRefusal['docker']) => [
    status,
    code,
    message.replace('{url}', scenario.app.environment.publicUrl.href),
    retryAfter,
  ];

  it.each(GRANT_REFUSALS.map((refusal) => [refusal.what, refusal] as const))(
    '%s: docker, a registry backend, the person and an administrator are told',
    async (_what, refusal) => {
      const refused = await refusedGrant(refusal, scenario, `holder-${row++}`);
      const { username } = refused.issuer;
      const docker = filled(refusal.docker);
      const [status, outcome] = refusal.status;
      expect(await asked(username, refused.secret)).toEqual(docker);
      expect(await latest('registry.login')).toEqual([outcome, status, null]);
      const refresh = await latest('grant.refresh');
      expect(refresh).toEqual(refusal.refresh);
      const verified = await scenario.verify(username, refused.secret);
      expect(verified).toMatchObject({ valid: false, status, message: docker[2], principal: null });
      expect(await latest('cli_secret.verify')).toEqual([outcome, status, null]);
      expect(await userRow(refused)).toEqual(refusal.user);
      expect(await ownRow(refused)).toEqual(refusal.session ?? refusal.user);
    },
  );

  it('the user name or secret is wrong: no text says which, nor whether the user exists', async () => {
    const { issuer } = await refusedGrant(NOT_REFUSED, scenario, 'known');
    const message = `The user name or CLI secret is wrong. Your CLI secret is shown at ${scenario.app.url}/profile.`;
    for (const username of [issuer.username, 'nobody', 'admin']) {
      expect(await asked(username, 'wrong')).toEqual([401, 'UNAUTHORIZED', message, null]);
      expect(await latest('registry.login')).toEqual(['REFUSED', 'MISMATCH', null]);
    }
    expect(await scenario.verify(issuer.username, 'wrong')).toMatchObject({ status: 'MISMATCH', message });
  });

  it('too many were wrong: both texts say when to try again', async () => {
    const { username } = (await refusedGrant(NOT_REFUSED, scenario, 'guessed')).issuer;
    await scenario.app.configure({ wrongSecretsPerUser: 5 });
    for (const times of [1, 2, 3, 4, 5]) await scenario.verify(username, `wrong-${times}`);
    const { status, message } = await scenario.verify(username, 'wrong');
    expect([status, message]).toEqual([
      'RATE_LIMITED',
      expect.stringMatching(/^Too many wrong passwords or secrets were sent\. Try again in \d+ seconds?\.$/),
    ]);
    const [http, code, text, retryAfter] = await asked(username, 'wrong');
    expect([http, code]).toEqual([429, 'TOOMANYREQUESTS']);
    expect(text).toMatch(/^Too many attempts at the moment\. Try again in \d+ seconds?\.$/);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(await latest('registry.login')).toEqual(['REFUSED', 'RATE_LIMITED', null]);
  });
});

describe('The texts of refused registry clients', () => {
  const refusals = Object.values(VerificationStatus).filter(
    (status): status is RefusedStatus => status !== CliSecretStatus.VALID,
  );
  const elsewhere = ['MISMATCH', 'RATE_LIMITED', 'AUTH_MODE_NOT_OIDC'];

  it('are shown above for every status', () => {
    const shown = new Set<string>([...GRANT_REFUSALS.map(({ status }) => status[0]), ...elsewhere]);
    expect(refusals.filter((status) => !shown.has(status))).toEqual([]);
  });

  it('name the next step for the owner, and who has to act for an administrator', () => {
    const publicUrl = new URL('https://mooring.example');
    const owners = refusals.map((status) => STATUS_MESSAGES[status].forOwner({ publicUrl }));
    const mode = STATUS_MESSAGES.AUTH_MODE_NOT_OIDC.forOwner({ publicUrl });
    const lost = owners.filter(
      (text) => text !== mode && !/log in|try again|[Aa]sk an administrator|is shown at/i.test(text),
    );
    expect(lost).toEqual([]);
  });

  it('stand in the portal, with the next step', () => {
    const { reasons, statuses } = words.profile;
    const wordsOf = (status: string) => (statuses as Readonly<Record<string, string>>)[status];
    expect(refusals.filter((status) => status in CliSecretStatus).map(wordsOf)).toEqual([
      'Not accepted: the login at the provider has expired. Log out and log in again.',
      'Not accepted: the provider has ended the login. Log out and log in again.',
      'Not accepted: the provider has ended the session. Log out and log in again.',
      'Not accepted: the configured provider is not the one used for this login. Log out and log in again.',
      'Not accepted at the moment: the provider did not confirm the login. It is asked again on next use.',
      'Not accepted: the last login was longer ago than an administrator allows. Log in again.',
      'Not accepted: the user is in no group that may log in. Ask an administrator to let them in, then log in again.',
      'Not accepted: the provider did not renew the login. Log out and log in again.',
      'Not accepted: the account is disabled. An administrator can enable it.',
    ]);
    expect(reasons).toEqual({
      NO_REFRESH_TOKEN: 'The provider’s token has expired, and the provider issued no refresh token.',
      REFRESH_REJECTED: 'The provider rejected the refresh: the account or session there has ended.',
      PROVIDER_LOGOUT: 'The provider ended the session.',
      PROVIDER_CHANGED: 'The configured provider is not the one used for this login.',
      REFRESH_UNCLEAR:
        'The provider did not renew the login, and did not say that it has ended. Log in again; the provider is also asked again on next use.',
      LOGIN_TOO_OLD: 'The last login was longer ago than an administrator allows.',
    });
  });
});
