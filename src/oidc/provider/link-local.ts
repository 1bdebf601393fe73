import type { LookupFunction } from 'node:net';
import { lookupRefusingLinkLocal, Resolve } from '../../common/network/link-local.js';
import { ProviderError } from './provider.errors.js';

export { isLinkLocal } from '../../common/network/link-local.js';

/** The detail of that refusal. */
export const LINK_LOCAL_REFUSED = 'link-local or metadata address refused';

/** The refusal of a connection to such an address. */
export function linkLocalRefused(): ProviderError {
  return new ProviderError(
    'The OpenID provider publishes a link-local address or one of a cloud metadata service. Mooring never connects to these: check the OIDC endpoint.',
    LINK_LOCAL_REFUSED,
  );
}

/** The lookup of the provider's host names, which refuses link-local addresses. */
export function lookupBeyondLinkLocal(resolve?: Resolve): LookupFunction {
  return lookupRefusingLinkLocal(linkLocalRefused, resolve);
}
