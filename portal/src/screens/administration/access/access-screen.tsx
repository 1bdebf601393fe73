import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { AccessRulesDocument, type RuleFragment } from '../../../generated/graphql';
import { type Column, List } from '../../../ui/list';
import { LateNotice, Notice, RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { words } from '../../../words';
import { DeleteRule } from './delete-rule';
import { EditRule } from './edit-rule';
import { RuleRow } from './rule-row';
import { CheckAccess } from './check-access';

const { access } = words;
const COLUMNS: readonly Column[] = [
  { name: access.pattern, width: '30%' },
  { name: access.actions, width: '26%' },
  { name: access.subject },
  { name: access.change, width: '20%', isForScreenReaders: true },
];

/** The access rules of the registry, with a form to check access. */
export default function AccessScreen() {
  const pages = usePages('');
  const { data, refusal, refetch } = useAnswer(AccessRulesDocument, { first: ROWS_PER_PAGE, after: pages.after });
  const [editing, setEditing] = useState<{ readonly rule?: RuleFragment }>();
  const [deleting, setDeleting] = useState<RuleFragment>();
  const [message, setMessage] = useState('');
  const done = (text: string) => {
    setEditing(undefined);
    setDeleting(undefined);
    setMessage(text);
    refetch();
  };
  const rules = data?.accessRules;
  return (
    <Page
      title={access.title}
      about={access.about}
      actions={<Button onClick={() => setEditing({})}>{access.create}</Button>}
    >
      <Stack gap="md">
        <CheckAccess />
        <RefusalNotice refusal={refusal} />
        <LateNotice>{message && <Notice kind="success">{message}</Notice>}</LateNotice>
        <List
          label={access.title}
          columns={COLUMNS}
          rows={rules?.edges.map(({ node }) => (
            <RuleRow
              key={node.id}
              rule={node}
              onEdit={() => setEditing({ rule: node })}
              onDelete={() => setDeleting(node)}
            />
          ))}
          nothing={access.nothing}
          minWidth={640}
        />
      </Stack>
      <Pager pages={pages} pageInfo={rules?.pageInfo} />
      {editing && <EditRule rule={editing.rule} onClose={() => setEditing(undefined)} onDone={done} />}
      {deleting && (
        <DeleteRule rule={deleting} onClose={() => setDeleting(undefined)} onDone={() => done(access.removed)} />
      )}
    </Page>
  );
}
