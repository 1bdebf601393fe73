import { Button, Code, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { refusalOf, type Refusal } from '../../../api/refusal';
import { ExplainAccessDocument, type ExplainAccessQuery } from '../../../generated/graphql';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { ACTIONS } from './rule-draft';
import { Subject } from './rule-row';

const { access } = words;

type Decision = NonNullable<ExplainAccessQuery['explainAccess']>;

/** What came of a question. */
interface Outcome {
  readonly question: string;
  readonly decision: Decision | undefined;
  readonly refusal: Refusal | undefined;
}

/** Asks whether somebody may do something, and which rule says so. An answer stands beside its own question alone. */
export function TryAccess() {
  const client = useClient();
  const [username, setUsername] = useState('');
  const [repository, setRepository] = useState('');
  const [action, setAction] = useState(ACTIONS[0] ?? 'PULL');
  const [outcome, setOutcome] = useState<Outcome>();
  const variables = { username: username || null, repository, action };
  const question = JSON.stringify(variables);
  const { decision, refusal } = outcome?.question === question ? outcome : {};
  const ask = async () => {
    setOutcome(undefined);
    const asked = client.query(ExplainAccessDocument, variables, { requestPolicy: 'network-only' });
    const { data, error } = await asked.toPromise();
    setOutcome({ question, decision: data?.explainAccess ?? undefined, refusal: refusalOf(error) });
  };
  return (
    <Card title={access.tryTitle}>
      <form action={() => void ask()}>
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
          <Button type="submit">{access.tryIt}</Button>
        </div>
      </form>
      <Stack gap="sm">
        <RefusalNotice refusal={refusal} />
        {decision && <Decided decision={decision} />}
      </Stack>
    </Card>
  );
}

function Decided({ decision: { allowed, reason, rule } }: { decision: Decision }) {
  return (
    <Notice kind={allowed ? 'good' : 'careful'} title={allowed ? access.allowed : access.refused}>
      <Text size="sm">{reason}</Text>
      {rule && (
        <Text size="sm">
          {access.byRule} <Code>{rule.repositoryPattern}</Code> (<Subject rule={rule} />)
        </Text>
      )}
    </Notice>
  );
}
