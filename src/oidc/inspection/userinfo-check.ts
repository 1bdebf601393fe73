import { BoundedFetch } from '../provider/bounded-fetch.js';
import { asProviderFailure, isSilence } from '../provider/provider-failure.js';
import { ProviderMetadata } from '../provider/provider-metadata.js';
import { Finding, passed, skipped, warning } from './provider-report.js';

const COST = 'Logins work without it, but claims and groups that only userinfo has are then unknown.';
const COST_OF_CONFIRMATION = "confirmAtUserinfo is on: CLI secrets can't be refreshed without it.";
const OTHER_ADDRESS = "Check the provider's own configuration of the address of its userinfo endpoint.";
const IN_TROUBLE = 'The provider is in trouble, or limits requests: test again later.';
const REMEDY = "Check that Mooring's server can reach the userinfo endpoint.";

/**
 * Asks userinfo without an access token: a refusal shows that it answers (RFC 6750, section 3.1). Never a failure, because a
 * login does not need userinfo. Quotes nothing of the answer.
 */
export async function userinfoFinding(
  { userinfo_endpoint: url }: Pick<ProviderMetadata, 'userinfo_endpoint'>,
  { fetch }: Pick<BoundedFetch, 'fetch'>,
  isConfirmation: boolean,
): Promise<Finding> {
  const cost = isConfirmation ? COST_OF_CONFIRMATION : COST;
  if (url === null) return withoutEndpoint(isConfirmation);
  try {
    const { status } = await fetch(url, { method: 'GET', headers: { accept: 'application/json' } });
    return findingOf(status, cost);
  } catch (error) {
    const { detail, code } = asProviderFailure(error);
    return warning(`Userinfo does not answer (${detail ?? code}). ${cost}`, REMEDY);
  }
}

function withoutEndpoint(isConfirmation: boolean): Finding {
  const detail = 'The provider publishes no userinfo endpoint: the ID token has to hold all claims.';
  return isConfirmation ? warning(`${detail} ${COST_OF_CONFIRMATION}`, 'Turn confirmAtUserinfo off.') : skipped(detail);
}

function findingOf(status: number, cost: string): Finding {
  if (status === 400 || status === 401 || status === 403) {
    return passed('Userinfo answers: it asks for an access token, as it should. Only a login shows what it tells.');
  }
  if (status < 300) {
    return warning(
      `Userinfo answers without an access token (HTTP ${status}), so it is probably not the userinfo endpoint. ${cost}`,
      OTHER_ADDRESS,
    );
  }
  const remedy = isSilence(status) ? IN_TROUBLE : OTHER_ADDRESS;
  return warning(`Userinfo answers HTTP ${status} where a request for an access token is expected. ${cost}`, remedy);
}
