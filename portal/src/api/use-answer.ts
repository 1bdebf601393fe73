import { useCallback, useState } from 'react';
import { type AnyVariables, type RequestPolicy, type TypedDocumentNode, useQuery } from 'urql';
import { refusalOf, type Refusal } from './refusal';

/** The result of a query: its data, why it was refused, and how to fetch it again. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly refusal: Refusal | undefined;
  readonly refetch: () => void;
}

/** A query that keeps its last good data when a later request is refused, so that a form being edited stays on the screen. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  requestPolicy?: RequestPolicy,
): Answer<Data> {
  const [{ data, error }, execute] = useQuery<Data, AnyVariables>({ query, variables, requestPolicy });
  const key = JSON.stringify(variables);
  const [last, setLast] = useState<{ readonly key: string; readonly data: Data }>();
  const isCurrent = data !== undefined && !error;
  if (isCurrent && (last?.data !== data || last.key !== key)) setLast({ key, data });
  const lastData = last?.key === key ? last.data : undefined;
  const refetch = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  return { data: isCurrent ? data : (lastData ?? data), refusal: refusalOf(error), refetch };
}
