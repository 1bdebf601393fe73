import type { ProviderTokens, VerifiedProfile } from './provider/index.js';

/** A login that the provider vouches for: who it is, with which tokens, and where the person wanted to go. */
export interface VouchedLogin {
  readonly profile: VerifiedProfile;
  readonly tokens: ProviderTokens;
  readonly clientId: string;
  readonly returnTo: string;
}
