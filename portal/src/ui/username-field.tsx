import { Button, Text, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { refusalOf, sayRefusal } from '../api/refusal';
import { UsernameAvailabilityDocument, type UsernameAvailabilityQuery } from '../generated/graphql';
import { useSettled } from './use-debounced';
import { words, wordFor } from '../words';

type Availability = UsernameAvailabilityQuery['usernameAvailability'];

interface NameFieldProps {
  readonly value: string;
  readonly error?: string;
  readonly onChange: (value: string) => void;
}

/** A field for a user name that says while one types whether it is free. */
export function NameField({ value, error, onChange }: NameFieldProps) {
  const { found, state } = useAvailability(value);
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
        {state}
        {found?.suggestion && <Suggestion name={found.suggestion} onTake={onChange} />}
      </Text>
    </div>
  );
}

/** What the server says of a name once typing has paused, and how the question stands, in words. */
function useAvailability(name: string): { readonly found: Availability | undefined; readonly state: string } {
  const settled = useSettled(name);
  const [{ data, error, fetching }] = useQuery({
    query: UsernameAvailabilityDocument,
    variables: { username: settled },
    pause: settled === '',
    requestPolicy: 'network-only',
  });
  if (name === '') return { found: undefined, state: '' };
  if (settled !== name || fetching) return { found: undefined, state: words.onboarding.checking };
  const refusal = refusalOf(error);
  const found = data?.usernameAvailability;
  return { found, state: refusal ? sayRefusal(refusal) : found?.available ? words.onboarding.free : '' };
}

function Suggestion({ name, onTake }: { name: string; onTake: (name: string) => void }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => onTake(name)}>
      {words.onboarding.suggest(name)}
    </Button>
  );
}
