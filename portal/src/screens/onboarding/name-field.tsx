import { Button, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { UsernameAvailabilityDocument } from '../../generated/graphql';
import { words, wordFor } from '../../words';

const TYPING_PAUSE_MILLISECONDS = 250;

/** The text, once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const clock = setTimeout(() => setSettled(text), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(clock);
  }, [text]);
  return settled;
}

interface NameFieldProps {
  readonly value: string;
  readonly error?: string;
  readonly onChange: (value: string) => void;
}

/** A field for a user name that says while one types whether it is free. */
export function NameField({ value, error, onChange }: NameFieldProps) {
  const settled = useSettled(value);
  const [{ data, fetching }] = useQuery({
    query: UsernameAvailabilityDocument,
    variables: { username: settled },
    pause: settled === '',
    requestPolicy: 'network-only',
  });
  const isCurrent = settled === value && !fetching;
  const found = isCurrent && value !== '' ? data?.usernameAvailability : undefined;
  return (
    <div>
      <TextInput
        label={words.onboarding.username}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={error ?? (found?.problem ? wordFor(words.onboarding.problems, found.problem) : undefined)}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Text size="sm" role="status" className="steady" c={found?.available ? 'var(--good)' : 'dimmed'} mt={4}>
        {value !== '' && !isCurrent && words.onboarding.checking}
        {found?.available && words.onboarding.free}
        {found?.suggestion && <Suggestion name={found.suggestion} onTake={onChange} />}
      </Text>
    </div>
  );
}

function Suggestion({ name, onTake }: { name: string; onTake: (name: string) => void }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => onTake(name)}>
      {words.onboarding.suggest(name)}
    </Button>
  );
}
