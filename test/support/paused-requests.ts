import { ServerResponse } from 'node:http';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';

/**
 * Holds back the next request at the token endpoint, or at any other one. Once it has come, resolves to a function that
 * lets it in.
 */
export function pausedRequest(
  provider: RunningOpenIdProvider,
  place: 'atTokenEndpoint' | 'atOtherEndpoints' = 'atTokenEndpoint',
): Promise<() => void> {
  return new Promise((reach) => {
    provider[place] = (_request, _response, next) => {
      provider[place] = undefined;
      reach(next);
    };
  });
}

/** Holds back the next response of the token endpoint. Once it is complete, resolves to a function that sends it. */
export function pausedAnswer(provider: RunningOpenIdProvider): Promise<() => void> {
  return new Promise((reach) => {
    provider.atTokenEndpoint = (_request, response, next) => {
      provider.atTokenEndpoint = undefined;
      const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
      response.end = (body?: unknown) => {
        reach(() => void end(body));
        return response;
      };
      next();
    };
  });
}
