import { Badge, Button, Stack, Text } from '@mantine/core';
import { useAction } from '../../../api/use-action';
import { type TestOidcProviderMutation, TestOidcProviderDocument } from '../../../generated/graphql';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { words, wordFor } from '../../../words';
import { useState } from 'react';
import { oidcPatchOf } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

type Report = TestOidcProviderMutation['testOidcProvider']['report'];

const COLOURS: Readonly<Record<string, string>> = {
  PASSED: 'green',
  WARNING: 'yellow',
  FAILED: 'red',
  SKIPPED: 'gray',
};

/** Tests the provider with the current values of the form, before they are saved. */
export function ProviderTest({ form }: { form: ConfigurationForm }) {
  const test = useAction(TestOidcProviderDocument);
  const [report, setReport] = useState<Report>();
  const run = async () => {
    setReport(undefined);
    const answer = await test.run({ input: { oidc: oidcPatchOf(form.before, form.draft) } });
    setReport(answer?.testOidcProvider.report);
  };
  return (
    <Stack className="test" gap="md" align="stretch">
      <Button variant="default" loading={test.isBusy} onClick={() => void run()} w="fit-content">
        {words.authentication.test}
      </Button>
      <div role="status">{test.isBusy && <Text c="dimmed">{words.authentication.testing}</Text>}</div>
      <RefusalNotice refusal={test.refusal} />
      {report && <ReportView report={report} />}
    </Stack>
  );
}

function ReportView({ report }: { report: Report }) {
  const { authentication } = words;
  return (
    <section aria-label={authentication.report}>
      <Notice kind={report.ok ? 'success' : 'error'}>
        {report.ok ? authentication.testOk : authentication.testFailed}
      </Notice>
      <ul className="checks">
        {report.checks.map(({ name, status, detail, remedy }) => (
          <li key={name}>
            <Badge color={COLOURS[status] ?? 'gray'} variant="light" tt="none">
              {wordFor(authentication.checkStatuses, status)}
            </Badge>
            <div>
              <Text fw={600}>{wordFor(authentication.checkNames, name)}</Text>
              <Text size="sm">{detail}</Text>
              {remedy && (
                <Text size="sm" fw={500}>
                  {remedy}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
