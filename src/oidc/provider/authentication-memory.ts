import { SecretMethod } from './client-authentication.js';

/** The method of client authentication that a provider has accepted under one revision of the settings. */
export interface AuthenticationMemory {
  /** The method that was accepted last; null if none is known. */
  remembered(): Promise<SecretMethod | null>;
  /** Notes that a method was accepted. Never throws. */
  accepted(method: SecretMethod): Promise<void>;
  /** Whether the other method may be tried now, after this one was refused. */
  mayTryOther(refused: SecretMethod): Promise<boolean>;
}

/** A memory that ends with the client that it was made for, and always allows the other method. */
export function shortMemory(): AuthenticationMemory {
  let method: SecretMethod | null = null;
  return {
    remembered: () => Promise.resolve(method),
    mayTryOther: () => Promise.resolve(true),
    accepted(accepted) {
      method = accepted;
      return Promise.resolve();
    },
  };
}
