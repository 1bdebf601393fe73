import { Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { SecretRulesDocument } from '../generated/graphql';
import { words, wordFor } from '../words';
import { Icon } from './icons';

interface NewSecretProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string;
  readonly onChange: (value: string) => void;
}

/** A field for a new password or secret. It shows while typing which of the server's rules are met. */
export function NewSecret({ label, value, error, onChange }: NewSecretProps) {
  const [{ data }] = useQuery({ query: SecretRulesDocument, requestPolicy: 'cache-first' });
  return (
    <Stack gap="xs">
      <PasswordInput
        label={label}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="new-password"
        required
        withAsterisk={false}
      />
      <Stack gap={2} className="rules">
        {data?.secretRules.map(({ name, pattern }) => (
          <Rule key={name} text={wordFor(words.profile.rule, name)} isMet={new RegExp(pattern, 'u').test(value)} />
        ))}
      </Stack>
    </Stack>
  );
}

function Rule({ text, isMet }: { text: string; isMet: boolean }) {
  return (
    <Group gap={6} c={isMet ? 'var(--good)' : 'dimmed'}>
      <Icon name={isMet ? 'done' : 'missing'} size={14} />
      <Text size="sm" aria-label={isMet ? words.profile.met(text) : words.profile.unmet(text)} role="note">
        {text}
      </Text>
    </Group>
  );
}
