import { Text } from '@mantine/core';
import type { OverviewQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

type StepName = keyof typeof words.overview.steps;

/** Where each step is done; those without a place are done by people with their own tools. */
const PLACES: Readonly<Partial<Record<StepName, string>>> = {
  provider: '/administration/configuration',
  mode: '/administration/configuration',
  address: '/administration/configuration?tab=sign-in',
  registry: '/administration/service-tokens',
};

/** The way from a new installation to the first login of docker; nothing once that has happened. */
export function FirstSteps({ facts }: { facts: OverviewQuery }) {
  const { firstSteps, firstStepsNote, steps, stepDone, stepOpen } = words.overview;
  if (!isNewInstallation(facts)) return null;
  return (
    <Card title={firstSteps}>
      <Text size="sm" c="dimmed">
        {firstStepsNote}
      </Text>
      <ol className="first-steps">
        {stepsOf(facts).map(({ name, isDone }) => (
          <li key={name}>
            <span className={isDone ? 'done' : 'open'}>{isDone ? stepDone : stepOpen}</span>
            <div>
              <Text fw={600}>{PLACES[name] ? <Link to={PLACES[name]}>{steps[name][0]}</Link> : steps[name][0]}</Text>
              <Text size="sm">{steps[name][1]}</Text>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** An installation with local accounts was set up without a provider, and has no CLI secrets. */
function isNewInstallation({ configuration, anyCliSecretUsed, people }: OverviewQuery): boolean {
  if (anyCliSecretUsed !== false) return false;
  return configuration?.authMode === 'OIDC' || hasOnlyTheAdministrator(people?.totalCount);
}

function hasOnlyTheAdministrator(count: number | null | undefined): boolean {
  return typeof count === 'number' && count <= 1;
}

function hasVerifier(tokens: OverviewQuery['tokens']): boolean {
  return tokens?.edges.some(({ node }) => node.role === 'VERIFIER') ?? false;
}

function stepsOf(facts: OverviewQuery): { name: StepName; isDone: boolean }[] {
  const { configuration, registryAddresses, people, tokens } = facts;
  const { endpoint, clientId } = configuration?.oidc ?? {};
  return [
    { name: 'provider', isDone: Boolean(endpoint && clientId) },
    { name: 'mode', isDone: configuration?.authMode === 'OIDC' },
    { name: 'address', isDone: (registryAddresses ?? []).length > 0 },
    { name: 'registry', isDone: hasVerifier(tokens) },
    { name: 'person', isDone: !hasOnlyTheAdministrator(people?.totalCount) },
    // Once it is done, no step is shown any more.
    { name: 'client', isDone: false },
  ];
}
