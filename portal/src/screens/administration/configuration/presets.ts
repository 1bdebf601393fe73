/** The fields that a preset can fill in. */
export const FILLED = ['scope', 'groupsClaim', 'extraRedirectParameters'] as const;
/** A field that a preset can fill in. */
export type FilledField = (typeof FILLED)[number];

/** The values of the form that are the same at every installation of a product, and the words of its own screens. */
export interface Preset {
  readonly product: string;
  /** The pattern of the endpoint; parts in capitals are those of one's own installation. */
  readonly endpoint: string;
  /** Each as it is typed into the form; empty if the product needs none. */
  readonly values: Readonly<Record<FilledField, string>>;
  /** What the product calls what Mooring has or wants. */
  readonly screen: {
    readonly redirectUri: string;
    readonly clientSecret: string;
    readonly logoutUri?: string;
  };
}

const BASIC = 'openid,profile,email';
/** The scope before anybody has changed it. */
export const DEFAULT_SCOPE = `${BASIC},offline_access`;

const values = (scope: string, groupsClaim = '', extraRedirectParameters = '') => ({
  ...{ scope, groupsClaim, extraRedirectParameters },
});

/** What is known about each product. "Other" is any other one, of which nothing is. */
export const PRESETS = {
  keycloak: {
    product: 'Keycloak',
    endpoint: 'https://HOST/realms/REALM',
    values: values(DEFAULT_SCOPE, 'groups'),
    screen: {
      redirectUri: 'Valid redirect URIs',
      clientSecret: 'Client Secret',
      logoutUri: 'Valid post logout redirect URIs',
    },
  },
  okta: {
    product: 'Okta',
    endpoint: 'https://DOMAIN.okta.com',
    values: values(`${BASIC},groups,offline_access`, 'groups'),
    screen: {
      redirectUri: 'Sign-in redirect URIs',
      clientSecret: 'Client secrets',
      logoutUri: 'Sign-out redirect URIs',
    },
  },
  entra: {
    product: 'Entra ID',
    endpoint: 'https://login.microsoftonline.com/TENANT-ID/v2.0',
    values: values(DEFAULT_SCOPE, 'groups'),
    screen: {
      redirectUri: 'Redirect URIs',
      clientSecret: 'Value',
    },
  },
  google: {
    product: 'Google',
    endpoint: 'https://accounts.google.com',
    values: values(BASIC, '', 'access_type=offline\nprompt=consent'),
    screen: {
      redirectUri: 'Authorized redirect URIs',
      clientSecret: 'Client secret',
    },
  },
  dex: {
    product: 'dex',
    endpoint: 'https://HOST/dex',
    values: values(`${BASIC},groups,offline_access`, 'groups'),
    screen: {
      redirectUri: 'redirectURIs',
      clientSecret: 'secret',
    },
  },
  gitlab: {
    product: 'GitLab',
    endpoint: 'https://gitlab.com',
    values: values(BASIC, 'groups_direct'),
    screen: {
      redirectUri: 'Redirect URI',
      clientSecret: 'Secret',
    },
  },
  authentik: {
    product: 'Authentik',
    endpoint: 'https://HOST/application/o/SLUG/',
    values: values(DEFAULT_SCOPE, 'groups'),
    screen: {
      redirectUri: 'Redirect URIs/Origins (RegEx)',
      clientSecret: 'Client Secret',
    },
  },
  auth0: {
    product: 'Auth0',
    endpoint: 'https://TENANT.REGION.auth0.com/',
    values: values(DEFAULT_SCOPE),
    screen: {
      redirectUri: 'Allowed Callback URLs',
      clientSecret: 'Client Secret',
      logoutUri: 'Allowed Logout URLs',
    },
  },
  zitadel: {
    product: 'Zitadel',
    endpoint: 'https://INSTANCE.REGION.zitadel.cloud',
    values: values(DEFAULT_SCOPE, 'urn:zitadel:iam:org:project:roles'),
    screen: {
      redirectUri: 'Redirect URIs',
      clientSecret: 'Client Secret',
      logoutUri: 'Post Logout URIs',
    },
  },
} as const satisfies Record<string, Preset>;

/** The name of a preset. */
export type PresetName = keyof typeof PRESETS;

/** The names of all presets, in the order of the list. */
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** The preset of a name; undefined for "other". */
export function presetOf(name: string): (Preset & { readonly name: PresetName }) | undefined {
  const known = PRESET_NAMES.find((preset) => preset === name);
  return known && { name: known, ...PRESETS[known] };
}

/** The fields that a preset changes. What somebody has typed stays; what another preset has filled in does not. */
export function changesBy(preset: Preset, now: Readonly<Record<FilledField, string>>): FilledField[] {
  return FILLED.filter((field) => now[field].trim() !== preset.values[field] && isUntouched(field, now[field].trim()));
}

/** The fields in which somebody has typed something else than the preset has. */
export function keptFrom(preset: Preset, now: Readonly<Record<FilledField, string>>): FilledField[] {
  return FILLED.filter((field) => now[field].trim() !== preset.values[field] && !isUntouched(field, now[field].trim()));
}

function isUntouched(field: FilledField, value: string): boolean {
  const isDefault = value === '' || (field === 'scope' && value === DEFAULT_SCOPE);
  return isDefault || PRESET_NAMES.some((name) => PRESETS[name].values[field] === value);
}
