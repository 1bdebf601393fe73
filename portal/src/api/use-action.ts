import { useCallback, useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { refusalOf, type Refusal } from './refusal';

/** An operation that the user can start: whether it is running, and why it was refused the last time. */
export interface Action<Data, Variables> {
  /** Runs it; resolves to the data, or to undefined if it was refused or is already running. */
  readonly run: (variables: Variables) => Promise<Data | undefined>;
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  /** Clears the last refusal. */
  readonly clearRefusal: () => void;
}

/** A mutation that is sent only once, however often the button is pressed while it is running. */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Action<Data, Variables> {
  const client = useClient();
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const run = useCallback(
    async (variables: Variables) => {
      if (isRunning.current) return undefined;
      isRunning.current = true;
      setBusy(true);
      setRefusal(undefined);
      const { data, error } = await client.mutation(document, variables).toPromise();
      isRunning.current = false;
      setBusy(false);
      setRefusal(refusalOf(error));
      return error ? undefined : data;
    },
    [client, document],
  );
  const clearRefusal = useCallback(() => setRefusal(undefined), []);
  return { run, isBusy, refusal, clearRefusal };
}
