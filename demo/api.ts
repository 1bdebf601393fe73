/** Asks GraphQL and gives its data; throws the first refusal. */
export type Api = <Data = unknown>(query: string, variables?: object) => Promise<Data>;

/** The API of a Mooring, asked with an `Authorization` header. */
export function apiOf(url: string, authorization: string): Api {
  return async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  };
}
