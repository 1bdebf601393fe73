import { NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { AuditEventsDocument, type AuditOutcome } from '../../../generated/graphql';
import { useSearchParameter } from '../../../routing/search-parameter';
import { type Column, List } from '../../../ui/list';
import { RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { words } from '../../../words';
import { AuditChart } from './audit-chart';
import { AuditRow } from './audit-row';

const { audit } = words;
const COLUMNS: readonly Column[] = [
  { name: audit.when, width: '20%' },
  { name: audit.who, width: '13%' },
  { name: audit.what, width: '22%' },
  { name: audit.target, width: '15%' },
  { name: audit.outcome, width: '17%' },
  { name: audit.from },
];
const ACTIONS = Object.entries(audit.actions).map(([value, label]) => ({ value, label }));
const OUTCOMES: readonly AuditOutcome[] = ['SUCCEEDED', 'REFUSED', 'FAILED'];
const HOUR_MILLISECONDS = 3_600_000;

/** The period of this many hours that ends with the current hour. */
function periodOf(hours: number): { from: string; to: string } {
  const end = (Math.floor(Date.now() / HOUR_MILLISECONDS) + 1) * HOUR_MILLISECONDS;
  return { from: new Date(end - hours * HOUR_MILLISECONDS).toISOString(), to: new Date(end).toISOString() };
}

/** The audit log, with a chart of logins and refusals. */
export default function AuditScreen() {
  const [action, setAction] = useSearchParameter('action');
  const [outcomeText, setOutcome] = useSearchParameter('outcome');
  const [hoursText, setHours] = useSearchParameter('hours');
  const outcome = OUTCOMES.find((known) => known === outcomeText);
  const hours = hoursText in audit.periods ? Number(hoursText) : 24;
  const [periods] = useState(
    () => new Map(Object.keys(audit.periods).map((key) => [Number(key), periodOf(Number(key))])),
  );
  const period = periods.get(hours) ?? periodOf(hours);
  const pages = usePages(`${action} ${outcomeText} ${hours}`);
  const filter = { ...period, ...(action && { action }), ...(outcome && { outcome }) };
  const variables = { filter, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal } = useAnswer(AuditEventsDocument, variables);
  const events = data?.auditEvents;
  return (
    <Page title={audit.title}>
      <Stack gap="md">
        <div className="filters">
          <NativeSelect
            label={audit.period}
            value={String(hours)}
            data={Object.entries(audit.periods).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
          <NativeSelect
            label={audit.action}
            value={action}
            data={[{ value: '', label: audit.anyAction }, ...ACTIONS]}
            onChange={(event) => setAction(event.currentTarget.value)}
          />
          <NativeSelect
            label={audit.outcome}
            value={outcome ?? ''}
            data={[
              { value: '', label: audit.anyOutcome },
              ...OUTCOMES.map((value) => ({ value, label: audit.outcomes[value] })),
            ]}
            onChange={(event) => setOutcome(event.currentTarget.value)}
          />
        </div>
        <AuditChart {...period} />
        <RefusalNotice refusal={refusal} />
        <List
          label={audit.title}
          columns={COLUMNS}
          rows={events?.edges.map(({ node }) => (
            <AuditRow key={node.id} event={node} />
          ))}
          nothing={audit.nothing}
          minWidth={860}
        />
      </Stack>
      <Pager pages={pages} pageInfo={events?.pageInfo} />
    </Page>
  );
}
