import { EndpointPaths } from './hostile-provider.js';
import { ProviderKind, PROVIDER_KINDS } from './modelled-providers.js';

const BASIC = ['openid', 'profile', 'email'];
const BOTH_METHODS = { token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'] };
const WITH_PKCE = { code_challenge_methods_supported: ['plain', 'S256'] };

/** An issuer as a product has it: where it is, and how it answers. */
export interface ModelledProduct {
  /** The path of the issuer, with a slash at its end where the product has one. */
  readonly path: string;
  /** Where its endpoints are. */
  readonly paths: EndpointPaths;
  readonly kind: ProviderKind;
}

/** How the products of the presets publish themselves and answer, by their names in the form. */
export const MODELLED_PRODUCTS = {
  Keycloak: {
    path: '/realms/office',
    paths: below('/realms/office/protocol/openid-connect', { authorize: 'auth', keys: 'certs' }),
    kind: {
      ...PROVIDER_KINDS['like Keycloak']!,
      scopes: [
        ...BASIC,
        'offline_access',
        'roles',
        'basic',
        'acr',
        'web-origins',
        'address',
        'phone',
        'microprofile-jwt',
      ],
      document: {
        ...{ ...BOTH_METHODS, ...WITH_PKCE },
        claims_supported: ['aud', 'sub', 'iss', 'auth_time', 'name', 'preferred_username', 'email', 'acr'],
      },
    },
  },
  Okta: {
    path: '',
    paths: below('/oauth2/v1'),
    kind: {
      ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
      ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
      scopes: [...BASIC, 'address', 'phone', 'offline_access', 'groups'],
      document: { ...WITH_PKCE, claims_supported: ['iss', 'sub', 'aud', 'name', 'preferred_username', 'email'] },
    },
  },
  'Entra ID': {
    path: '/8f3c1c2e-6a77-4f0e-9c58-0c9f5a2d7b10/v2.0',
    paths: below('/8f3c1c2e-6a77-4f0e-9c58-0c9f5a2d7b10/oauth2/v2.0', { keys: '../../discovery/v2.0/keys' }),
    kind: {
      ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
      // It reads the code before it looks at the client.
      ...{ token: 'ALIKE_IF_MADE_UP', method: 'client_secret_post' },
      scopes: [...BASIC, 'offline_access'],
      document: {
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        claims_supported: ['sub', 'iss', 'aud', 'preferred_username', 'name', 'tid', 'email'],
      },
    },
  },
  Google: {
    path: '',
    paths: { authorize: '/o/oauth2/v2/auth', token: '/token', keys: '/oauth2/v3/certs', userinfo: '/v1/userinfo' },
    kind: {
      ...{ unknown: 'PAGE_HERE', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
      ...{ token: 'CLIENT_FIRST', method: 'client_secret_post' },
      scopes: ['openid', 'email', 'profile'],
      document: {
        ...{ ...BOTH_METHODS, ...WITH_PKCE },
        ...{ end_session_endpoint: undefined, backchannel_logout_supported: undefined },
        grant_types_supported: ['authorization_code', 'refresh_token'],
        claims_supported: ['aud', 'email', 'exp', 'iss', 'name', 'picture', 'sub'],
      },
    },
  },
  dex: {
    path: '/dex',
    paths: below('/dex', { authorize: 'auth' }),
    kind: {
      ...PROVIDER_KINDS['like dex']!,
      scopes: ['openid', 'email', 'groups', 'profile', 'offline_access'],
      document: {
        ...{ ...BOTH_METHODS, ...WITH_PKCE },
        ...{ end_session_endpoint: undefined, backchannel_logout_supported: undefined },
        claims_supported: ['iss', 'sub', 'aud', 'email', 'email_verified', 'name', 'preferred_username', 'at_hash'],
      },
    },
  },
  GitLab: {
    path: '',
    paths: { ...below('/oauth'), keys: '/oauth/discovery/keys' },
    kind: {
      // It asks for the login before it looks at the scope.
      ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
      ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
      scopes: ['api', 'read_api', 'read_user', 'read_repository', ...BASIC],
      document: {
        ...{ ...BOTH_METHODS, ...WITH_PKCE },
        grant_types_supported: ['authorization_code', 'password', 'client_credentials', 'refresh_token'],
        claims_supported: ['iss', 'sub', 'name', 'nickname', 'preferred_username', 'email', 'groups', 'groups_direct'],
      },
    },
  },
  Authentik: {
    path: '/application/o/mooring/',
    paths: below('/application/o', {
      ...{ authorize: 'authorize/', token: 'token/', userinfo: 'userinfo/', keys: 'mooring/jwks/' },
      'end-session': 'mooring/end-session/',
    }),
    kind: {
      ...PROVIDER_KINDS['like Authentik']!,
      // Its document lists what the client may have.
      scopes: [...BASIC, 'offline_access'],
      document: {
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        ...WITH_PKCE,
        claims_supported: [
          'sub',
          'iss',
          'aud',
          'exp',
          'acr',
          'name',
          'preferred_username',
          'nickname',
          'groups',
          'email',
        ],
      },
    },
  },
  Auth0: {
    path: '/',
    paths: { authorize: '/authorize', token: '/oauth/token', keys: '/.well-known/jwks.json', userinfo: '/userinfo' },
    kind: {
      ...PROVIDER_KINDS['like Auth0']!,
      scopes: ['openid', 'profile', 'offline_access', 'name', 'email', 'email_verified', 'picture', 'phone'],
      document: {
        ...WITH_PKCE,
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
        id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
        claims_supported: ['aud', 'auth_time', 'email', 'exp', 'iss', 'name', 'nickname', 'picture', 'sub'],
      },
    },
  },
  Zitadel: {
    path: '',
    paths: { ...below('/oauth/v2'), userinfo: '/oidc/v1/userinfo', 'end-session': '/oidc/v1/end_session' },
    kind: {
      ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
      ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
      scopes: [...BASIC, 'phone', 'address', 'offline_access'],
      document: {
        ...WITH_PKCE,
        token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
        claims_supported: ['sub', 'aud', 'exp', 'iss', 'preferred_username', 'name', 'locale', 'email', 'phone_number'],
      },
    },
  },
  Other: {
    path: '/',
    paths: below('/oauth2', { authorize: 'auth', keys: '../.well-known/jwks.json' }),
    kind: PROVIDER_KINDS['like Hydra']!,
  },
} as const satisfies Readonly<Record<string, ModelledProduct>>;

/** A product that has a preset, or any other one. */
export type ProductName = keyof typeof MODELLED_PRODUCTS;

/** The endpoints below a path, with the names that the product gives them. */
function below(path: string, names: EndpointPaths = {}): EndpointPaths {
  const usual = { authorize: 'authorize', token: 'token', keys: 'keys', userinfo: 'userinfo' };
  const entries = Object.entries({ ...usual, ...names });
  return Object.fromEntries(entries.map(([endpoint, name]) => [endpoint, new URL(`http://x${path}/${name}`).pathname]));
}
