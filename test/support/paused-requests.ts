import { ServerResponse } from 'node:http';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';

/** Holds back the next request at the token endpoint, or at any other: resolves, once it has come, to what lets it in. */
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

/** Lets the token endpoint work out its next answer, and holds that back: resolves to what sends it off. */
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
