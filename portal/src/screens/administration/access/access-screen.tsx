import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { AccessRulesDocument, type RuleFragment } from '../../../generated/graphql';
import { type Column, List } from '../../../ui/list';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { words } from '../../../words';
import { DeleteRule } from './delete-rule';
import { EditRule } from './edit-rule';
import { RuleRow } from './rule-row';
import { TryAccess } from './try-access';

const { access } = words;
const COLUMNS: readonly Column[] = [
  { name: access.pattern, width: '30%' },
  { name: access.actions, width: '26%' },
  { name: access.subject },
  { name: access.change, width: '20%', isSpoken: true },
];

/** Who may do what in the registry, and a way to try it out. */
export default function AccessScreen() {
  const pages = usePages('');
  const { data, refusal, again } = useAnswer(AccessRulesDocument, { first: ROWS_PER_PAGE, after: pages.after });
  const [editing, setEditing] = useState<{ readonly rule?: RuleFragment }>();
  const [leaving, setLeaving] = useState<RuleFragment>();
  const [said, setSaid] = useState('');
  const done = (what: string) => {
    setEditing(undefined);
    setLeaving(undefined);
    setSaid(what);
    again();
  };
  const rules = data?.accessRules;
  return (
    <Page
      title={access.title}
      about={access.about}
      actions={<Button onClick={() => setEditing({})}>{access.create}</Button>}
    >
      <Stack gap="md">
        <TryAccess />
        <RefusalNotice refusal={refusal} />
        {said && <Notice kind="good">{said}</Notice>}
        <List
          label={access.title}
          columns={COLUMNS}
          rows={rules?.edges.map(({ node }) => (
            <RuleRow
              key={node.id}
              rule={node}
              onEdit={() => setEditing({ rule: node })}
              onDelete={() => setLeaving(node)}
            />
          ))}
          nothing={access.nothing}
          minWidth={640}
        />
      </Stack>
      <Pager pages={pages} pageInfo={rules?.pageInfo} />
      {editing && <EditRule rule={editing.rule} onClose={() => setEditing(undefined)} onDone={done} />}
      {leaving && (
        <DeleteRule rule={leaving} onClose={() => setLeaving(undefined)} onDone={() => done(access.removed)} />
      )}
    </Page>
  );
}
