import { Divider, NativeSelect, Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { CopyButton } from '../../ui/copy-button';
import { useRegistryAddress } from '../../ui/registry-address';
import { words } from '../../words';
import { type Account, type Client, CLIENTS, type Command, commandsFor, type Shell } from './commands';

const SHELLS: readonly Shell[] = ['POSIX', 'POWERSHELL'];
const EXAMPLE = 'registry.example.com';

const usualShell = (): Shell => (navigator.userAgent.includes('Windows') ? 'POWERSHELL' : 'POSIX');

interface CommandLinesProps {
  readonly username: string;
  /** Where the registry is, as the server knows it; the first is shown. Without any, the person types it. */
  readonly addresses: readonly string[];
}

/** Commands to copy, for each program. They do not contain the secret, so it can't end up in a shell history. */
export function CommandLines({ username, addresses }: CommandLinesProps) {
  const { registry: typed, setRegistry: setTyped } = useRegistryAddress();
  const [kept, setShell] = useLocalStorage<Shell>({ key: 'mooring-shell', defaultValue: usualShell() });
  const shell = SHELLS.includes(kept) ? kept : usualShell();
  const { profile } = words;
  const account = { username, registry: addresses[0] ?? (typed.trim() || EXAMPLE) };
  return (
    <Stack gap="sm">
      <Divider my="xs" />
      <Title order={3} size="h5">
        {profile.commands}
      </Title>
      <Text size="sm" c="dimmed">
        {profile.commandsAbout}
      </Text>
      <div className="filters">
        {addresses.length === 0 && (
          <TextInput
            label={profile.registry}
            description={profile.registryNote}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maw="24rem"
          />
        )}
        <NativeSelect
          label={profile.shell}
          data={SHELLS.map((value) => ({ value, label: profile.shells[value] }))}
          value={shell}
          onChange={(event) => setShell(event.currentTarget.value === 'POWERSHELL' ? 'POWERSHELL' : 'POSIX')}
        />
      </div>
      <Tabs defaultValue={CLIENTS[0]}>
        <Tabs.List aria-label={profile.commands} mb="sm">
          {CLIENTS.map((client) => (
            <Tabs.Tab key={client} value={client}>
              {profile.clients[client]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {CLIENTS.map((client) => (
          <Tabs.Panel key={client} value={client}>
            <Panel client={client} account={account} shell={shell} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function Panel({ client, account, shell }: { client: Client; account: Account; shell: Shell }) {
  const notes: Readonly<Partial<Record<Client, string>>> = words.profile.clientNotes;
  return (
    <Stack gap="sm">
      {notes[client] && (
        <Text size="sm" c="dimmed">
          {notes[client]}
        </Text>
      )}
      {commandsFor(client, account, shell).map((command) => (
        <Line key={command.step} command={command} />
      ))}
    </Stack>
  );
}

function Line({ command: { step, text } }: { command: Command }) {
  const steps: Readonly<Partial<Record<Command['step'], string>>> = words.profile.steps;
  return (
    <Stack gap={4}>
      {steps[step] && <Text size="sm">{steps[step]}</Text>}
      <div className="command">
        <code dir="ltr">
          {/* A name in a script from right to left must not turn around what stands beside it. */}
          {text.split(/(\P{ASCII}+)/u).map((part, index) => (index % 2 === 1 ? <bdi key={index}>{part}</bdi> : part))}
        </code>
        <CopyButton text={text} what={words.profile.commandNames[step]} />
      </div>
    </Stack>
  );
}
