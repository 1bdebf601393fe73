import { Button, Code, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { refusalOf, type Refusal } from '../../../api/refusal';
import { ExplainAccessDocument, type ExplainAccessQuery } from '../../../generated/graphql';
import { LateNotice, Notice, RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { ACTIONS } from './rule-draft';
import { Subject } from './rule-row';
import { ServiceSelect } from './service-select';

const { access } = words;

type Decision = NonNullable<ExplainAccessQuery['explainAccess']>;

/** The result of a check. */
interface Outcome {
  readonly question: string;
  readonly decision: Decision | undefined;
  readonly refusal: Refusal | undefined;
}

/** Checks whether a user has access, and by which rule. The result is shown only while the form still has the values it is for. */
export function CheckAccess() {
  const client = useClient();
  const [username, setUsername] = useState('');
  const [repository, setRepository] = useState('');
  const [action, setAction] = useState(ACTIONS[0] ?? 'PULL');
  const [service, setService] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const variables = { username: username || null, repository, action, service: service || null };
  const question = JSON.stringify(variables);
  const { decision, refusal } = outcome?.question === question ? outcome : {};
  const check = async () => {
    setOutcome(undefined);
    const query = client.query(ExplainAccessDocument, variables, { requestPolicy: 'network-only' });
    const { data, error } = await query.toPromise();
    setOutcome({ question, decision: data?.explainAccess ?? undefined, refusal: refusalOf(error) });
  };
  return (
    <Card title={access.tryTitle}>
      <form action={() => void check()}>
        <div className="filters">
          <TextInput
            label={access.tryWho}
            placeholder={access.tryNobody}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <NativeSelect
            label={access.tryAction}
            value={action}
            data={ACTIONS.map((value) => ({ value, label: access.actionNames[value] }))}
            onChange={({ currentTarget: { value } }) => setAction(ACTIONS.find((known) => known === value) ?? action)}
          />
          <TextInput
            className="wide"
            label={access.tryRepository}
            placeholder="team/app"
            value={repository}
            onChange={(event) => setRepository(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <ServiceSelect value={service} none={access.firstService} onChange={setService} />
          <Button type="submit">{access.tryIt}</Button>
        </div>
      </form>
      <Stack gap="sm">
        <RefusalNotice refusal={refusal} />
        <LateNotice>{decision && <DecisionNotice decision={decision} />}</LateNotice>
      </Stack>
    </Card>
  );
}

function DecisionNotice({ decision: { allowed, reason, rule } }: { decision: Decision }) {
  return (
    <Notice kind={allowed ? 'success' : 'warning'} title={allowed ? access.allowed : access.refused}>
      <Text size="sm">{reason}</Text>
      {rule && (
        <Text size="sm">
          {access.byRule} <Code>{rule.repositoryPattern}</Code> (<Subject rule={rule} />)
        </Text>
      )}
    </Notice>
  );
}
