import type { AuthMode, ConfigFragment, ConfigurationPatch, OidcSettingsInput } from '../../../generated/graphql';

const TEXTS = [
  'name',
  'endpoint',
  'clientId',
  'groupsClaim',
  'groupFilter',
  'adminGroup',
  'userClaim',
  'caCertificates',
] as const;
const SWITCHES = ['autoOnboard', 'verifyCertificate', 'logout', 'confirmAtUserinfo'] as const;
const NUMBERS = [
  'sessionIdleMinutes',
  'sessionMaximumMinutes',
  'registryTokenMinutes',
  'auditRetentionDays',
  'wrongSecretsPerAddress',
  'wrongSecretsPerUser',
  'wrongSecretMinutes',
  'registrationsPerHour',
] as const;
const OIDC_NUMBERS = ['recheckMinutes', 'outageGraceMinutes', 'groupsKeptHours'] as const;
const GENERAL_SWITCHES = ['oidcPrimary', 'selfRegistration'] as const;

type Text =
  | (typeof TEXTS)[number]
  | 'scope'
  | 'clientSecret'
  | 'extraRedirectParameters'
  | (typeof NUMBERS | typeof OIDC_NUMBERS)[number];
type Switch = (typeof SWITCHES)[number] | (typeof GENERAL_SWITCHES)[number];

/** The values of the form: text fields as typed, and checkboxes. */
export type Draft = Record<Text, string> & Record<Switch, boolean> & { authMode: AuthMode };
/** A text field of the form. */
export type TextField = Text;
/** A checkbox of the form. */
export type SwitchField = Switch;
/** Any field of the form. */
export type DraftField = keyof Draft;

/** The initial values of the form. */
export function draftOf({ oidc, authMode, oidcPrimary, selfRegistration, ...rest }: ConfigFragment): Draft {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, oidc[name] ?? ''])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  const parameters = oidc.extraRedirectParameters.map(({ name, value }) => `${name}=${value}`);
  return {
    ...texts,
    ...{ authMode, oidcPrimary, selfRegistration, scope: oidc.scope, clientSecret: '' },
    ...{ autoOnboard: oidc.autoOnboard, verifyCertificate: oidc.verifyCertificate, logout: oidc.logout },
    confirmAtUserinfo: oidc.confirmAtUserinfo,
    extraRedirectParameters: parameters.join('\n'),
    ...textsOf(NUMBERS, rest),
    ...textsOf(OIDC_NUMBERS, oidc),
  };
}

function textsOf<Name extends string>(names: readonly Name[], numbers: Record<Name, number>): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, String(numbers[name])])) as Record<Name, string>;
}

/** The fields in which two drafts differ. */
export function differences(before: Draft, after: Draft): DraftField[] {
  return (Object.keys(after) as DraftField[]).filter((name) => before[name] !== after[name]);
}

/** Whether every line of the extra parameters has a name. */
export function hasValidParameters(draft: Draft): boolean {
  return parametersOf(draft).every(({ name }) => name !== '');
}

function parametersOf({ extraRedirectParameters }: Draft): { name: string; value: string }[] {
  const lines = extraRedirectParameters.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const at = line.indexOf('=');
    return { name: line.slice(0, Math.max(at, 0)).trim(), value: line.slice(at + 1).trim() };
  });
}

/** The changed settings of the provider, as input of the API. An emptied setting is cleared. */
export function oidcPatchOf(before: Draft, after: Draft): OidcSettingsInput {
  const changed = new Set(differences(before, after));
  const texts = TEXTS.filter((name) => changed.has(name)).map((name) => [name, after[name].trim() || null]);
  const numbers = OIDC_NUMBERS.filter((name) => changed.has(name)).map((name) => [name, Number(after[name])]);
  const switches = SWITCHES.filter((name) => changed.has(name)).map((name) => [name, after[name]]);
  return {
    ...(Object.fromEntries([...texts, ...switches, ...numbers]) as OidcSettingsInput),
    ...(changed.has('scope') && { scope: after.scope }),
    ...(changed.has('clientSecret') && { clientSecret: after.clientSecret }),
    ...(changed.has('extraRedirectParameters') && { extraRedirectParameters: parametersOf(after) }),
  };
}

/** All changed settings, as input of the API. */
export function patchOf(before: Draft, after: Draft): ConfigurationPatch {
  const changed = new Set(differences(before, after));
  const oidc = oidcPatchOf(before, after);
  const numbers = NUMBERS.filter((name) => changed.has(name)).map((name) => [name, Number(after[name])]);
  const switches = GENERAL_SWITCHES.filter((name) => changed.has(name)).map((name) => [name, after[name]]);
  return {
    ...(Object.fromEntries([...numbers, ...switches]) as ConfigurationPatch),
    ...(changed.has('authMode') && { authMode: after.authMode }),
    ...(Object.keys(oidc).length > 0 && { oidc }),
  };
}

/** Applies the user's own changes on top of the settings that somebody else has saved in the meantime. */
export function rebased(before: Draft, mine: Draft, theirs: Draft): Draft {
  const typed = differences(before, mine).map((name) => [name, mine[name]]);
  return { ...theirs, ...(Object.fromEntries(typed) as Partial<Draft>) };
}
