import { Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words, wordFor } from '../../../words';
import { FieldProblems } from './field-problems';
import { type LinkedField, Remedies, StatusBadge } from './finding';
import { knownFixes } from './fix-button';
import type { ConfigurationForm } from './use-configuration-form';
import { type Report, useProviderTest } from './use-provider-test';
import { TestLoginButton } from './test-login-button';
import type { TestLoginInForm } from './use-test-login';

type Check = Report['checks'][number];

/** The field that a check is about, for the link to it. The others have none: they are about the provider or this server alone. */
const FIELDS: Readonly<Partial<Record<string, LinkedField>>> = {
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
  REDIRECT_URI: 'redirectUri',
  LOGOUT: 'logout',
};

/** Tests the provider with the current values of the form, before they are saved. */
export function ProviderTest({ form, testLogin }: { form: ConfigurationForm; testLogin: TestLoginInForm }) {
  const { run, isBusy, refusal, report, isStale } = useProviderTest(form);
  return (
    <Stack className="test" gap="md" align="stretch">
      <Button variant="default" loading={isBusy} onClick={() => void run()} w="fit-content">
        {words.configuration.test}
      </Button>
      <div role="status">
        {isBusy && <Text c="dimmed">{words.configuration.testing}</Text>}
        {isStale && <Text fw={600}>{words.configuration.testStale}</Text>}
        {report?.ok && <VisuallyHidden>{words.configuration.testDone}</VisuallyHidden>}
      </div>
      <div className={isStale ? 'stale' : undefined}>
        <FieldProblems refusal={refusal} form={form} />
        {report && <ReportView report={report} form={form} testLogin={testLogin} />}
      </div>
    </Stack>
  );
}

interface ReportViewProps {
  readonly report: Report;
  readonly form: ConfigurationForm;
  readonly testLogin: TestLoginInForm;
}

function ReportView({ report, form, testLogin }: ReportViewProps) {
  const { configuration } = words;
  const of = (...statuses: string[]) => report.checks.filter(({ status }) => statuses.includes(status));
  const [failed, warned, others] = [of('FAILED'), of('WARNING'), of('PASSED', 'SKIPPED')];
  return (
    <section aria-label={configuration.report}>
      {report.ok ? (
        <Notice kind="success" title={configuration.testOk} isSilent>
          <Text size="sm" mb="xs">
            {configuration.onlyALogin}
          </Text>
          <TestLoginButton testLogin={testLogin} />
        </Notice>
      ) : (
        <Notice kind="error" title={configuration.testFailed}>
          {failed[0]?.detail}
        </Notice>
      )}
      <Checks checks={[...failed, ...warned]} form={form} />
      {others.length > 0 && (
        <details className="other-checks">
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
