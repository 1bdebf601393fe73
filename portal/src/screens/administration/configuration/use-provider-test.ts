import { useState } from 'react';
import { useAction } from '../../../api/use-action';
import { type TestOidcProviderMutation, TestOidcProviderDocument } from '../../../generated/graphql';
import { oidcPatchOf } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

/** The lines of a test, and whether they let people log in. */
export type Report = TestOidcProviderMutation['testOidcProvider']['report'];

/** A test of the provider with the values of the form: its last answer, and whether the form has changed since. */
export function useProviderTest(form: ConfigurationForm) {
  const { run: send, isBusy, refusal } = useAction(TestOidcProviderDocument);
  const [report, setReport] = useState<Report>();
  const [tested, setTested] = useState<string>();
  const values = form.providerText;
  const run = async () => {
    setReport(undefined);
    setTested(values);
    const answer = await send({ input: { oidc: oidcPatchOf(form.before, form.draft) } });
    setReport(answer?.testOidcProvider.report);
  };
  const hasAnswer = report !== undefined || refusal !== undefined;
  return { run, isBusy, refusal, report, isStale: hasAnswer && tested !== values };
}
