/** Asks GraphQL and gives its data; throws the first refusal. */
export type Api = <Data = unknown>(query: string, variables?: object) => Promise<Data>;

const TIMEOUT_MS = 30_000;
const REFUSED = ['INVALID_CREDENTIALS', 'RATE_LIMITED'];

interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The API of a Mooring, asked with an `Authorization` header. */
export function apiOf(url: string, authorization: string): Api {
  return async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const { data, errors } = await post<Data>(url, authorization, { query, variables });
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  };
}

/** Whether a Mooring accepts an `Authorization` header. Throws if it answers with another error. */
export async function isAccepted(url: string, authorization: string): Promise<boolean> {
  const [error] = (await post(url, authorization, { query: '{ me { id } }' })).errors ?? [];
  if (error && !REFUSED.includes(error.extensions?.code ?? '')) throw new Error(error.message);
  return !error;
}

async function post<Data>(url: string, authorization: string, body: object): Promise<Answer<Data>> {
  const headers = { 'content-type': 'application/json', authorization };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body), signal });
  return (await response.json()) as Answer<Data>;
}
