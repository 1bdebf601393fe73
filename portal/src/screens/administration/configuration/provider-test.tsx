import { Button, Stack, Text } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words, wordFor } from '../../../words';
import type { DraftField } from './draft';
import { FieldProblems } from './field-problems';
import { Remedies, StatusBadge } from './finding';
import { knownFixes } from './fix-button';
import type { ConfigurationForm } from './use-configuration-form';
import { type Report, useProviderTest } from './use-provider-test';

type Check = Report['checks'][number];

/** The field that a check is about, for the link to it. */
const FIELDS: Readonly<Partial<Record<string, DraftField>>> = {
  REACHABLE: 'endpoint',
  TLS: 'caCertificates',
  DISCOVERY_DOCUMENT: 'endpoint',
  ISSUER_MATCH: 'endpoint',
  AUTHORIZATION_CODE_FLOW: 'pushedAuthorizationRequests',
  SCOPES: 'scope',
  REFRESH_TOKENS: 'scope',
  GROUPS_CLAIM: 'groupsClaim',
  USER_CLAIM: 'userClaim',
  CLIENT_CREDENTIALS: 'clientSecret',
};

/** Tests the provider with the current values of the form, before they are saved. */
export function ProviderTest({ form }: { form: ConfigurationForm }) {
  const { run, isBusy, refusal, report, isStale } = useProviderTest(form);
  return (
    <Stack className="test" gap="md" align="stretch">
      <Button variant="default" loading={isBusy} onClick={() => void run()} w="fit-content">
        {words.configuration.test}
      </Button>
      <div role="status">
        {isBusy && <Text c="dimmed">{words.configuration.testing}</Text>}
        {isStale && <Text fw={600}>{words.configuration.testStale}</Text>}
      </div>
      <div className={isStale ? 'stale' : undefined}>
        <FieldProblems refusal={refusal} form={form} />
        {report && <ReportView report={report} form={form} />}
      </div>
    </Stack>
  );
}

function ReportView({ report, form }: { report: Report; form: ConfigurationForm }) {
  const { configuration } = words;
  const of = (...statuses: string[]) => report.checks.filter(({ status }) => statuses.includes(status));
  const [failed, warned, others] = [of('FAILED'), of('WARNING'), of('PASSED', 'SKIPPED')];
  return (
    <section aria-label={configuration.report}>
      <Notice
        kind={report.ok ? 'success' : 'error'}
        title={report.ok ? configuration.testOk : configuration.testFailed}
      >
        {failed[0]?.detail ?? configuration.onlyALogin}
      </Notice>
      <Checks checks={[...failed, ...warned]} form={form} />
      {others.length > 0 && (
        <details>
          <summary>{configuration.otherChecks(others.length)}</summary>
          <Checks checks={others} form={form} />
        </details>
      )}
    </section>
  );
}

function Checks({ checks, form }: { checks: readonly Check[]; form: ConfigurationForm }) {
  return (
    <ul className="checks">
      {checks.map((check) => (
        <CheckRow key={check.name} check={check} form={form} />
      ))}
    </ul>
  );
}

function CheckRow({ check, form }: { check: Check; form: ConfigurationForm }) {
  const { name, status, detail, remedy } = check;
  const field = FIELDS[name];
  const isWrong = status === 'FAILED' || status === 'WARNING';
  return (
    <li>
      <StatusBadge status={status} />
      <div>
        <Text fw={600}>{wordFor(words.configuration.checkNames, name)}</Text>
        <Text size="sm">{detail}</Text>
        {remedy && (
          <Text size="sm" fw={500}>
            {remedy}
          </Text>
        )}
        {isWrong && (
          <Remedies
            {...(field && { field })}
            fixes={knownFixes(check.fixes)}
            of={wordFor(words.configuration.checkNames, name)}
            form={form}
          />
        )}
      </div>
    </li>
  );
}
