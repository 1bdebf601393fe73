import { Text, Title } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button';
import { useRegistryAddress } from '../../ui/registry-address';
import { words } from '../../words';
import { posixQuoted as quoted } from './commands';

interface FirstPushProps {
  readonly username: string;
  /** The user's own place in the registry, if there is one. */
  readonly place: string | null | undefined;
  /** The registry's address as the server knows it; without it, the one that was entered in this browser. */
  readonly address: string | undefined;
  /** Whether the CLI secret has been used. */
  readonly isUsed: boolean;
}

/** Three commands to the first image in the user's own place. Until the CLI secret has been used. */
export function FirstPush({ username, place, address, isUsed }: FirstPushProps) {
  const { registry: entered } = useRegistryAddress();
  const registry = address ?? entered;
  if (isUsed || !place) return null;
  const { firstPush } = words.profile;
  const image = words.onboarding.image;
  const target = quoted(`${registry}/${place}/${image}`);
  const steps = [
    [firstPush.login, `docker login -u ${quoted(username)} ${quoted(registry)}`],
    [firstPush.tag, `docker tag ${image} ${target}`],
    [firstPush.push, `docker push ${target}`],
  ] as const;
  return (
    <section aria-label={firstPush.title}>
      <Title order={3} size="h5">
        {firstPush.title}
      </Title>
      <ol className="steps">
        {steps.map(([what, command], at) => (
          <li key={what}>
            <Text size="sm">{what}</Text>
            <div className="command">
              <code dir="ltr">{command}</code>
              <CopyButton text={command} what={firstPush.copied(at + 1)} />
            </div>
          </li>
        ))}
      </ol>
      <Text size="sm" c="dimmed">
        {firstPush.note}
      </Text>
    </section>
  );
}
