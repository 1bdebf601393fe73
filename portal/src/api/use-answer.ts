import { useCallback, useState } from 'react';
import { type AnyVariables, type RequestPolicy, type TypedDocumentNode, useQuery } from 'urql';
import { refusalOf, type Refusal } from './refusal';

/** What a screen shows: the answer, why there is none, and how to ask again. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
}

/** A query, whose last good answer stays while a later one is refused: a screen with something typed into it must not go. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  requestPolicy?: RequestPolicy,
): Answer<Data> {
  const [{ data, error }, ask] = useQuery<Data, AnyVariables>({ query, variables, requestPolicy });
  const asked = JSON.stringify(variables);
  const [kept, setKept] = useState<{ readonly asked: string; readonly data: Data }>();
  const isGood = data !== undefined && !error;
  if (isGood && (kept?.data !== data || kept.asked !== asked)) setKept({ asked, data });
  const last = kept?.asked === asked ? kept.data : undefined;
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  return { data: isGood ? data : (last ?? data), refusal: refusalOf(error), again };
}
