import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { useAction } from '../../../api/use-action';
import { NO_CONNECTION, type Refusal, refusalOf } from '../../../api/refusal';
import { StartTestLoginDocument, TestLoginDocument, type TestLoginQuery } from '../../../generated/graphql';
import { oidcPatchOf } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

const LOOK_EVERY_MS = 1_500;
const WINDOW = 'mooring-test-login';
/** These pass by themselves: the next look asks again. */
const PASSING = new Set([NO_CONNECTION, 'SERVICE_UNAVAILABLE', 'RATE_LIMITED']);

/** The result of a test login. */
export type TestLoginResult = NonNullable<TestLoginQuery['testLogin']>;

/** How far the test login of this form is. ENDED: it took too long, or another one took its place. */
export type TestLoginStep =
  | { readonly kind: 'IDLE' | 'ENDED' }
  | { readonly kind: 'WAITING'; readonly id: string; readonly url: string; readonly hasGroupsClaim: boolean }
  | { readonly kind: 'DONE'; readonly result: TestLoginResult; readonly hasGroupsClaim: boolean };

/**
 * A test login with the values of the form, in a window of its own; this page asks for its result until it is there. It is
 * stale once the form has changed.
 */
export function useTestLogin(form: ConfigurationForm) {
  const client = useClient();
  const start = useAction(StartTestLoginDocument);
  const [step, setStep] = useState<TestLoginStep>({ kind: 'IDLE' });
  const [failure, setFailure] = useState<Refusal>();
  const [tested, setTested] = useState<string>();
  const values = form.providerText;
  const waitingFor = step.kind === 'WAITING' ? step.id : undefined;

  useEffect(() => {
    if (waitingFor === undefined) return undefined;
    const look = async () => {
      const { data, error } = await client
        .query(TestLoginDocument, { id: waitingFor }, { requestPolicy: 'network-only' })
        .toPromise();
      const refusal = refusalOf(error);
      setFailure(refusal);
      setStep((now) => after(data?.testLogin ?? null, refusal, now));
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [waitingFor, client]);

  const run = async () => {
    // Opened at the click itself: later, browsers block it as a pop-up.
    const opened = window.open('', WINDOW, 'popup,width=520,height=720');
    setFailure(undefined);
    setTested(values);
    setStep({ kind: 'IDLE' });
    const hasGroupsClaim = form.draft.groupsClaim.trim() !== '';
    const answer = await start.run({ input: { oidc: oidcPatchOf(form.before, form.draft) } });
    if (!answer) {
      opened?.close();
      return;
    }
    const { id, url } = answer.startTestLogin;
    if (opened) opened.location.href = url;
    setStep({ kind: 'WAITING', id, url, hasGroupsClaim });
  };
  const isStale = step.kind === 'DONE' && tested !== values;
  return { step, run, isStale, isBusy: start.isBusy, refusal: start.refusal ?? failure };
}

function after(result: TestLoginResult | null, refusal: Refusal | undefined, now: TestLoginStep): TestLoginStep {
  if (now.kind !== 'WAITING') return now;
  if (result === null) return refusal && PASSING.has(refusal.code) ? now : { kind: 'ENDED' };
  return result.state === 'WAITING' ? now : { kind: 'DONE', result, hasGroupsClaim: now.hasGroupsClaim };
}

/** A test login of the form, which several buttons begin. */
export type TestLoginInForm = ReturnType<typeof useTestLogin>;
