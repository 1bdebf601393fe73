import { Divider, Stack, Text, TextInput, Title } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button';
import { useRegistryAddress } from '../../ui/registry-address';
import { words } from '../../words';

/** The text, quoted for a POSIX shell if necessary. */
export function quoted(text: string): string {
  return /^[\w.@/:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function commandOf(program: string, username: string, registry: string): string {
  const login = `${program} --username ${quoted(username)} --password-stdin ${quoted(registry)}`;
  return `read -rs SECRET && printf %s "$SECRET" | ${login}`;
}

/** Commands to copy. They do not contain the secret, so it can't end up in a shell history. */
export function CommandLines({ username }: { username: string }) {
  const { registry, setRegistry } = useRegistryAddress();
  const { profile } = words;
  return (
    <Stack gap="sm">
      <Divider my="xs" />
      <Title order={3} size="h5">
        {profile.commands}
      </Title>
      <Text size="sm" c="dimmed">
        {profile.commandsAbout}
      </Text>
      <TextInput
        label={profile.registry}
        description={profile.registryNote}
        value={registry}
        onChange={(event) => setRegistry(event.currentTarget.value)}
        maw="24rem"
      />
      <Line command={commandOf('docker login', username, registry)} what={profile.docker} />
      <Line command={commandOf('helm registry login', username, registry)} what={profile.helm} />
    </Stack>
  );
}

function Line({ command, what }: { command: string; what: string }) {
  return (
    <div className="command">
      <code>{command}</code>
      <CopyButton text={command} what={what} />
    </div>
  );
}
