import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { useAction } from '../../../api/use-action';
import { type Refusal, refusalOf } from '../../../api/refusal';
import {
  type OidcSettingsInput,
  StartTestLoginDocument,
  TestLoginDocument,
  type TestLoginQuery,
} from '../../../generated/graphql';

const LOOK_EVERY_MS = 1_500;
const WINDOW = 'mooring-test-login';

/** The result of a test login. */
export type TestLoginResult = NonNullable<TestLoginQuery['testLogin']>;

/** How far the test login of this form is. ENDED: it took too long, or another one took its place. */
export type TestLoginStep =
  | { readonly kind: 'IDLE' | 'ENDED' }
  | { readonly kind: 'WAITING'; readonly id: string; readonly url: string }
  | { readonly kind: 'DONE'; readonly result: TestLoginResult };

/** A test login with the values of the form, in a window of its own; this page asks for its result until it is there. */
export function useTestLogin() {
  const client = useClient();
  const start = useAction(StartTestLoginDocument);
  const [step, setStep] = useState<TestLoginStep>({ kind: 'IDLE' });
  const [failure, setFailure] = useState<Refusal>();
  const waitingFor = step.kind === 'WAITING' ? step.id : undefined;

  useEffect(() => {
    if (waitingFor === undefined) return undefined;
    const look = async () => {
      const { data, error } = await client
        .query(TestLoginDocument, { id: waitingFor }, { requestPolicy: 'network-only' })
        .toPromise();
      setFailure(refusalOf(error));
      // Without an answer, the next look asks again.
      if (data) setStep((now) => (now.kind === 'WAITING' ? after(data.testLogin ?? null, now) : now));
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [waitingFor, client]);

  const run = async (oidc: OidcSettingsInput) => {
    // Opened at the click itself: later, browsers block it as a pop-up.
    const opened = window.open('', WINDOW, 'popup,width=520,height=720');
    setFailure(undefined);
    setStep({ kind: 'IDLE' });
    const answer = await start.run({ input: { oidc } });
    if (!answer) {
      opened?.close();
      return;
    }
    const { id, url } = answer.startTestLogin;
    if (opened) opened.location.href = url;
    setStep({ kind: 'WAITING', id, url });
  };
  const clear = () => setStep({ kind: 'IDLE' });
  return { step, run, clear, isBusy: start.isBusy, refusal: start.refusal ?? failure };
}

function after(result: TestLoginResult | null, now: TestLoginStep): TestLoginStep {
  if (result === null) return { kind: 'ENDED' };
  return result.state === 'WAITING' ? now : { kind: 'DONE', result };
}
