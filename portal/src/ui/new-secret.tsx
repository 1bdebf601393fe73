import { Group, PasswordInput, Stack, Text } from '@mantine/core';
import { words } from '../words';
import { Icon } from './icons';

const RULES = {
  length: (text: string) => [...text].length >= 8 && [...text].length <= 128,
  upper: (text: string) => /\p{Lu}/u.test(text),
  lower: (text: string) => /\p{Ll}/u.test(text),
  digit: (text: string) => /\d/.test(text),
};
const PARTS = ['length', 'upper', 'lower', 'digit'] as const;

interface NewSecretProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string;
  readonly onChange: (value: string) => void;
}

/** A field for a new password or secret, with the rule beside it while one types. The server alone decides. */
export function NewSecret({ label, value, error, onChange }: NewSecretProps) {
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
      <Stack gap={2}>
        {PARTS.map((part) => (
          <Part key={part} text={words.profile.rule[part]} isMet={RULES[part](value)} />
        ))}
      </Stack>
    </Stack>
  );
}

function Part({ text, isMet }: { text: string; isMet: boolean }) {
  return (
    <Group gap={6} c={isMet ? 'var(--good)' : 'dimmed'}>
      <Icon name={isMet ? 'done' : 'missing'} size={14} />
      <Text size="sm" aria-label={isMet ? words.profile.met(text) : words.profile.unmet(text)} role="note">
        {text}
      </Text>
    </Group>
  );
}
