import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { OverviewDocument, type OverviewQuery } from '../../../generated/graphql';
import { RefusalNotice } from '../../../ui/notice';
import { Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { ActivityCard } from './activity-card';
import { FirstSteps } from './first-steps';
import { PeopleCard } from './people-card';
import { ProviderHealth } from './provider-health';
import { TokensCard } from './tokens-card';

const DAY_MILLISECONDS = 86_400_000;
const SOON_DAYS = 30;

/** What the overview asks for, as of the moment at which it is opened. */
function questionOf(now: number) {
  const period = { from: new Date(now - DAY_MILLISECONDS).toISOString(), to: new Date(now).toISOString() };
  return {
    logins: { ...period, action: 'login', outcome: 'SUCCEEDED' as const },
    refusals: { ...period, outcome: 'REFUSED' as const },
    failures: { ...period, action: 'grant.refresh', outcome: 'FAILED' as const },
    expiresBefore: new Date(now + SOON_DAYS * DAY_MILLISECONDS).toISOString(),
  };
}

/** The state of the installation: what is left to set up, and what needs an administrator. */
export default function OverviewScreen() {
  const [question] = useState(() => questionOf(Date.now()));
  const { data, refusal } = useAnswer(OverviewDocument, question, 'network-only');
  return (
    <Page title={words.overview.title}>
      <RefusalNotice refusal={refusal} />
      {data ? <Cards facts={data} /> : !refusal && <Lines count={10} />}
    </Page>
  );
}

function Cards({ facts }: { facts: OverviewQuery }) {
  return (
    <Stack gap="md">
      <FirstSteps facts={facts} />
      <div className="columns">
        <ProviderHealth facts={facts} />
        <PeopleCard facts={facts} />
        <TokensCard facts={facts} />
        <ActivityCard facts={facts} />
      </div>
    </Stack>
  );
}
