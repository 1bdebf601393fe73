/** Asks GraphQL and gives its data; throws the first refusal. */
export type Api = <Data = unknown>(query: string, variables?: object) => Promise<Data>;

const TIMEOUT_MS = 30_000;
/** Unauthorized, and too many wrong credentials (RFC 9110, section 15.5.2; RFC 6585, section 4). */
const REFUSED = [401, 429];

/** The API of a Mooring, asked with an `Authorization` header. */
export function apiOf(url: string, authorization: string): Api {
  return async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const response = await post(url, authorization, { query, variables });
    const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  };
}

/** Whether a Mooring accepts an `Authorization` header: wrong credentials are refused with any question. */
export async function isAccepted(url: string, authorization: string): Promise<boolean> {
  const { status } = await post(url, authorization, { query: '{ __typename }' });
  return !REFUSED.includes(status);
}

function post(url: string, authorization: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body), signal });
}
