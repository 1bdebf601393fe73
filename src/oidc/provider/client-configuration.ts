import {
  allowInsecureRequests,
  clockSkew,
  clockTolerance,
  Configuration,
  CustomFetch,
  customFetch,
  None,
  ServerMetadata,
} from 'openid-client';
import { Clock } from '../../common/runtime/clock.js';
import { EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { isPlainLoopback } from './provider-metadata.js';
import { CLOCK_TOLERANCE_SECONDS } from './signing-keys.js';

/**
 * The configuration of openid-client for one exchange. Its clock skew is fixed, so each exchange needs a new one, with the
 * present skew.
 *
 * @param send sends each of its requests; the client authentication is added there
 */
export function configurationAt(
  clock: Clock,
  document: ServerMetadata,
  clientId: string,
  send: CustomFetch,
): Configuration {
  const skew = (clock.now().getTime() - Date.now()) / 1000;
  const times = { [clockSkew]: skew, [clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  const configuration = new Configuration(document, clientId, times, None());
  configuration[customFetch] = send;
  configuration.timeout = EXCHANGE_DEADLINE_MS / 1000;
  if (isPlainLoopback(new URL(document.issuer))) allowInsecureRequests(configuration);
  return configuration;
}
