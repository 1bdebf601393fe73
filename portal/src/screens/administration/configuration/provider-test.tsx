import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { fieldError, type Refusal } from '../../../api/refusal';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { words, wordFor } from '../../../words';
import type { DraftField } from './draft';
import { focusField } from './focus-field';
import { type Fix, FixButton, fixesOfField, knownFixes } from './fix-button';
import type { ConfigurationForm } from './use-configuration-form';
import { type Report, useProviderTest } from './use-provider-test';

type Check = Report['checks'][number];

const COLOURS: Readonly<Record<string, string>> = {
  PASSED: 'green',
  WARNING: 'yellow',
  FAILED: 'red',
  SKIPPED: 'gray',
};

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

/** Why the values could not be tested: a row for each field, in the form of the report. */
function FieldProblems({ refusal, form }: { refusal: Refusal | undefined; form: ConfigurationForm }) {
  const { fields, report, testFailed } = words.configuration;
  const labels: Readonly<Record<string, readonly string[]>> = fields;
  if (!refusal || refusal.fields.length === 0) return <RefusalNotice refusal={refusal} />;
  return (
    <section aria-label={report}>
      <Notice kind="error" title={testFailed}>
        {words.errors.BAD_USER_INPUT()}
      </Notice>
      <ul className="checks">
        {refusal.fields.map(({ path }) => {
          const name = path.at(-1) ?? '';
          const label = labels[name]?.[0] ?? name;
          return (
            <li key={path.join('.')}>
              <StatusBadge status="FAILED" />
              <div>
                <Text fw={600}>{label}</Text>
                <Text size="sm">{fieldError(refusal, name)}</Text>
                <Remedies field={name} fixes={fixesOfField(name, form.draft)} of={label} form={form} />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
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
      <details>
        <summary>{configuration.otherChecks(others.length)}</summary>
        <Checks checks={others} form={form} />
      </details>
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

function StatusBadge({ status }: { status: string }) {
  return (
    <Badge color={COLOURS[status] ?? 'gray'} variant="light" tt="none">
      {wordFor(words.configuration.checkStatuses, status)}
    </Badge>
  );
}

interface RemediesProps {
  readonly field?: string;
  readonly fixes: readonly Fix[];
  readonly of: string;
  readonly form: ConfigurationForm;
}

/** The way to the field of a finding, and the values that would fix it. */
function Remedies({ field, fixes, of, form }: RemediesProps) {
  return (
    <Group gap="xs" mt={4}>
      {field && <FieldLink name={field} />}
      <FixButton fixes={fixes} of={of} form={form} />
    </Group>
  );
}

function FieldLink({ name }: { name: string }) {
  const labels: Readonly<Record<string, readonly string[]>> = words.configuration.fields;
  const label = labels[name]?.[0];
  if (label === undefined) return null;
  return (
    <Button variant="default" size="compact-sm" onClick={() => focusField(name)}>
      {words.configuration.goTo(label)}
    </Button>
  );
}
