/** Where a login at the provider begins. Takes `redirect_url`, the path to return to. */
export const OIDC_LOGIN_PATH = '/c/oidc/login';

/** Where the provider sends browsers back to: the path of the redirect URI. */
export const OIDC_CALLBACK_PATH = '/c/oidc/callback';

/** Where the provider itself tells of logouts, over no browser. */
export const OIDC_BACKCHANNEL_LOGOUT_PATH = '/c/oidc/backchannel-logout';

/** Where the provider sends browsers that have logged out there as well. */
export const OIDC_LOGGED_OUT_PATH = '/c/oidc/logged-out';
