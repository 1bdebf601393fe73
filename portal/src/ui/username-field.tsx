import { Button, Text, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { refusalOf, refusalText } from '../api/refusal';
import { UsernameAvailabilityDocument, type UsernameAvailabilityQuery } from '../generated/graphql';
import { RegistryPlace } from './registry-place';
import { useDebounced } from './use-debounced';
import { words, wordFor } from '../words';

type Availability = UsernameAvailabilityQuery['usernameAvailability'];

interface UsernameFieldProps {
  readonly value: string;
  readonly error?: string;
  readonly onChange: (value: string) => void;
  /** If the place in the registry that the name gives is to be shown: where the registry is, as the server knows it. */
  readonly place?: { readonly registry: string | null | undefined };
}

/** A field for a user name that shows while typing whether the name is available. */
export function UsernameField({ value, error, onChange, place }: UsernameFieldProps) {
  const { availability, status } = useAvailability(value);
  return (
    <div>
      <TextInput
        label={words.onboarding.username}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={error ?? (availability?.problem ? wordFor(words.onboarding.problems, availability.problem) : undefined)}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Text size="sm" role="status" className="steady" c={availability?.available ? 'var(--good)' : 'dimmed'} mt={4}>
        {status}
        {availability?.suggestion && <Suggestion name={availability.suggestion} onTake={onChange} />}
      </Text>
      {place && (
        <RegistryPlace
          registry={place.registry}
          name={availability?.repositoryFolder}
          isMissing={availability?.available === true && availability.repositoryName === null}
        >
          {availability?.suggestionWithRepository && availability.available && (
            <Suggestion name={availability.suggestionWithRepository} onTake={onChange} />
          )}
        </RegistryPlace>
      )}
    </div>
  );
}

/** The availability of a name, queried once typing has paused, and a text for its status. */
function useAvailability(name: string): { readonly availability: Availability | undefined; readonly status: string } {
  const debounced = useDebounced(name);
  const [{ data, error, fetching }] = useQuery({
    query: UsernameAvailabilityDocument,
    variables: { username: debounced },
    pause: debounced === '',
    requestPolicy: 'network-only',
  });
  if (name === '') return { availability: undefined, status: '' };
  if (debounced !== name || fetching) return { availability: undefined, status: words.onboarding.checking };
  const refusal = refusalOf(error);
  const availability = data?.usernameAvailability;
  return {
    availability,
    status: refusal ? refusalText(refusal) : availability?.available ? words.onboarding.available : '',
  };
}

/** A button that takes another name instead. */
function Suggestion({ name, onTake }: { name: string; onTake: (name: string) => void }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => onTake(name)}>
      {words.onboarding.suggest(name)}
    </Button>
  );
}
