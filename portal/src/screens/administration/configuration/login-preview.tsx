import { Badge, Stack, Text } from '@mantine/core';
import { Fact } from '../../../ui/fact';
import { Cell, Line, List } from '../../../ui/list';
import { Notice } from '../../../ui/notice';
import { Moment } from '../../../ui/moment';
import { words, wordFor } from '../../../words';
import type { TestLoginResult } from './use-test-login';

/** A page is no place for hundreds of names. */
const MOST_GROUPS = 30;

type Preview = NonNullable<TestLoginResult['preview']>;

interface LoginPreviewProps {
  readonly result: TestLoginResult;
  /** Whether the tested settings name a claim for groups. */
  readonly hasGroupsClaim: boolean;
}

/** What Mooring would see of the person who has logged in for a test, or why a login would fail. */
export function LoginPreview({ result: { preview, problem, tokens }, hasGroupsClaim }: LoginPreviewProps) {
  const { testLogin } = words.configuration;
  if (!preview) {
    return (
      <Notice kind="error" title={testLogin.failed}>
        {problem?.message}
        {problem?.providerError && (
          <Text size="sm" mt={4}>
            {testLogin.providerSays(problem.providerError, problem.providerErrorDescription ?? null)}
          </Text>
        )}
      </Notice>
    );
  }
  return (
    <Stack gap="md">
      <Notice
        kind={preview.refusal ? 'warning' : 'success'}
        isSilent={!preview.refusal}
        title={preview.refusal ? testLogin.refused : testLogin.succeeded}
      >
        {preview.refusal ? wordFor(testLogin.refusals, preview.refusal) : testLogin.allowed}
      </Notice>
      <dl className="facts">
        <Fact name={testLogin.username}>
          <Username preview={preview} />
        </Fact>
        <Fact name={testLogin.place}>
          <Place preview={preview} />
        </Fact>
        <Fact name={testLogin.email}>{preview.email ?? testLogin.notSent}</Fact>
        <Fact name={testLogin.realName}>{preview.realName ?? testLogin.notSent}</Fact>
        <Fact name={testLogin.groups}>
          <Groups preview={preview} hasGroupsClaim={hasGroupsClaim} />
        </Fact>
        <Fact name={testLogin.admin}>{preview.isAdmin ? testLogin.isAdmin : testLogin.isNoAdmin}</Fact>
        <Fact name={testLogin.refreshToken}>
          {preview.hasRefreshToken ? testLogin.hasRefreshToken : testLogin.hasNoRefreshToken}
        </Fact>
        <Fact name={testLogin.goodUntil}>
          <Moment at={preview.tokenExpiresAt} />
        </Fact>
      </dl>
      {preview.notes.map((note) => (
        <Notice key={note} kind="warning">
          {note}
        </Notice>
      ))}
      <Claims preview={preview} />
      <Text size="sm" c="dimmed">
        {tokens && testLogin.tokens[tokens]}
      </Text>
    </Stack>
  );
}

function Username({ preview: { username, account, usernameProblem, suggestedUsername } }: { preview: Preview }) {
  const { testLogin } = words.configuration;
  const { problems } = words.onboarding;
  if (account) return testLogin.hasAccount(account);
  if (username === null || username === undefined) return testLogin.noUsername;
  return (
    <>
      <bdi>{username}</bdi>
      {usernameProblem && (
        <Text size="sm">
          {wordFor(problems, usernameProblem)} {suggestedUsername && testLogin.wouldBeOffered(suggestedUsername)}
        </Text>
      )}
    </>
  );
}

function Place({ preview: { username, account, repositoryName } }: { preview: Preview }) {
  const { testLogin } = words.configuration;
  if (repositoryName) return <code>{repositoryName}</code>;
  return (account ?? username) ? testLogin.noPlace : testLogin.placeOfChosen;
}

interface GroupsProps {
  readonly preview: Preview;
  readonly hasGroupsClaim: boolean;
}

function Groups({ preview: { groups, countingGroups, groupsSource }, hasGroupsClaim }: GroupsProps) {
  const { testLogin } = words.configuration;
  if (!groups) return hasGroupsClaim ? testLogin.noGroups : testLogin.noGroupsClaim;
  if (groups.length === 0) return testLogin.emptyGroups;
  const counting = new Set(countingGroups);
  return (
    <>
      <ul className="names">
        {groups.slice(0, MOST_GROUPS).map((group) => (
          <li key={group}>
            <Badge variant="light" color={counting.has(group) ? 'blue' : 'gray'} tt="none">
              <bdi>{group}</bdi>
              {!counting.has(group) && ` ${testLogin.leftOut}`}
            </Badge>
          </li>
        ))}
      </ul>
      {groups.length > MOST_GROUPS && <Text size="sm">{testLogin.moreGroups(groups.length - MOST_GROUPS)}</Text>}
      {groupsSource && <Text size="sm">{testLogin.from[groupsSource]}</Text>}
    </>
  );
}

function Claims({ preview: { claims, claimsLeftOut } }: { preview: Preview }) {
  const { testLogin } = words.configuration;
  const columns = [
    { name: testLogin.claim, width: '28%' },
    { name: testLogin.value },
    { name: testLogin.source, width: '18%' },
  ] as const;
  const rows = claims.map(({ name, value, source }, place) => (
    // Two names can be alike: long ones are shortened. The list never changes.
    <Line key={place}>
      <Cell>{name}</Cell>
      <Cell>{value}</Cell>
      <Cell>{testLogin.sources[source]}</Cell>
    </Line>
  ));
  return (
    <details>
      <summary>{testLogin.claims(claims.length + claimsLeftOut)}</summary>
      <List label={testLogin.claims(claims.length)} columns={columns} rows={rows} nothing={testLogin.noClaims} />
      {claimsLeftOut > 0 && <Text size="sm">{testLogin.claimsLeftOut(claimsLeftOut)}</Text>}
    </details>
  );
}
