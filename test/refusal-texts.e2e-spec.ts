import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ONBOARD } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { CODE_REFUSED, MEMBER_FAULTS, SENT_BACK } from './support/login-refusals-of-provider.js';
import { LOGIN_REFUSALS, LoginRefusal, OUR_REFUSALS, refusedBy } from './support/login-refusals.js';

const LATEST = `{ auditEvents(filter: { action: "login" }, first: 1) { edges { node { outcome reason detail } } } }`;
/** An error page: message, quotation of the provider, code. */
const PAGE =
  /<p role="alert">(?<text>[^<]+)<\/p>(?:\s*<p>(?<quote>The provider says: .*?)<\/p>)?(?:\s*<p><a href="[^"]+">Try again<\/a><\/p>)?\s*<p><a href="\/">Back to the login page<\/a><\/p>\s*<p><small>(?<code>[A-Z_]+)<\/small>/;
const CHARACTERS: Readonly<Record<string, string>> = { '&#39;': "'", '&quot;': '"', '&lt;': '<', '&gt;': '>' };

/** The text of a piece of a page. */
function textOf(html: string): string {
  const text = html.replace(/<q>(.*?)<\/q>/, '“$1”').replace(/<[^>]+>/g, '');
  return text.replace(/&[^;]+;/g, (escape) => CHARACTERS[escape] ?? escape);
}

describe('A login that is refused because', () => {
  let scenario: HostileScenario;
  let logged: number;
  let row = 0;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());
  beforeEach(() => {
    // Events of the same kind are summed by the minute.
    scenario.app.clock.advance(61);
    logged = scenario.app.log.length;
  });

  /** What the log tells of refusals since the story began. */
  const logDetails = () => {
    const lines = scenario.app.log.slice(logged).map((line) => JSON.parse(line) as Record<string, unknown>);
    return lines.filter(({ context }) => context === 'Errors').map(({ code, detail }) => [code, detail]);
  };

  const tellsEverybody = async (refusal: LoginRefusal) => {
    const page = await refusedBy(refusal, scenario, `person-${row++}`);
    const [status, code, text] = refusal.page;
    const shown = PAGE.exec(page.text)?.groups ?? {};
    expect([page.status, shown.code, textOf(shown.text ?? page.text)]).toEqual([status, code, text]);
    expect(shown.quote === undefined ? undefined : textOf(shown.quote)).toBe(refusal.quotes);
    const { data } = await scenario.app.ask(scenario.app.admin, LATEST);
    const { node } = data.auditEvents.edges[0];
    expect([node.outcome, node.reason, node.detail]).toEqual(refusal.audit);
    const detail = refusal.log === undefined ? refusal.audit[2] : refusal.log;
    const line = [code, expect.stringContaining(String(detail))];
    expect(logDetails()).toEqual(detail === null ? [] : [line]);
  };

  const named = (refusals: readonly LoginRefusal[]) => refusals.map((one) => [one.what, one] as const);

  it.each(named(SENT_BACK))('%s tells the person, the audit log and the log', (_what, row) => tellsEverybody(row));
  it.each(named(CODE_REFUSED))('%s tells the person, the audit log and the log', (_what, row) => tellsEverybody(row));
  it.each(named(MEMBER_FAULTS))('%s tells the person, the audit log and the log', (_what, row) => tellsEverybody(row));
  it.each(named(OUR_REFUSALS))('%s tells the person, the audit log and the log', (_what, row) => tellsEverybody(row));

  it('an onboarding has expired tells the person', async () => {
    await scenario.issuer('late', {}, { autoOnboard: false });
    const browser = new Browser();
    await scenario.login(browser);
    scenario.app.clock.advance(15 * 60 + 1);
    const { code, errors } = await scenario.app.ask(browser, ONBOARD, { input: { username: 'late' } });
    expect([code, errors?.[0]?.message]).toEqual([
      'ONBOARDING_EXPIRED',
      'There is no pending onboarding in this browser, or it took longer than 15 minutes. Log in again.',
    ]);
  });
});

describe('The texts of refused logins', () => {
  const texts = LOGIN_REFUSALS.map(({ page }) => page);

  it('name the next step, and nobody is sent to log in again where only an administrator can help', () => {
    for (const [, , text] of texts)
      expect(text).toMatch(/Log in again|Try again|[Aa]dministrator|start again|Log in at/);
    const ofClient = texts.filter(([, , text]) => /client id|registration of the client|OIDC settings/.test(text));
    expect(ofClient.map(([, , text]) => text).filter((text) => /(Log in|Try) again/.test(text))).toEqual([]);
  });

  it('blame the person for nothing that the provider did, and the provider for nothing that the person did', () => {
    const ofPerson = texts.filter(([status]) => status === 403).map(([, , text]) => text);
    expect(ofPerson.every((text) => /\b[Yy]ou(r|rself)?\b|This login/.test(text))).toBe(true);
    const ofProvider = texts.filter(([status]) => status >= 500).map(([, , text]) => text);
    expect(ofProvider.every((text) => text.startsWith('The OpenID provider'))).toBe(true);
  });
});
