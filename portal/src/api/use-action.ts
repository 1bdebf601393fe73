import { useCallback, useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { refusalOf, type Refusal } from './refusal';

/** Something that a person can set off: whether it is under way, and why it was refused the last time. */
export interface Action<Data, Variables> {
  /** Does it; resolves to the answer, or to undefined where it was refused. */
  readonly run: (variables: Variables) => Promise<Data | undefined>;
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  readonly forget: () => void;
}

/** A mutation, sent once however often a button is pressed while it is under way. */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Action<Data, Variables> {
  const client = useClient();
  const underWay = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const run = useCallback(
    async (variables: Variables) => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      setRefusal(undefined);
      const { data, error } = await client.mutation(document, variables).toPromise();
      underWay.current = false;
      setBusy(false);
      setRefusal(refusalOf(error));
      return error ? undefined : data;
    },
    [client, document],
  );
  const forget = useCallback(() => setRefusal(undefined), []);
  return { run, isBusy, refusal, forget };
}
