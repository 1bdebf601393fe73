import { NativeSelect } from '@mantine/core';
import { useAnswer } from '../../../api/use-answer';
import { RegistryServicesDocument } from '../../../generated/graphql';
import { words } from '../../../words';

const { access } = words;

interface ServiceSelectProps {
  /** The name of the chosen service; empty for none. */
  readonly value: string;
  readonly onChange: (service: string) => void;
  /** What no service stands for. */
  readonly none: string;
  readonly error?: string;
}

/** Chooses a registry by its service. It shows nothing where there is only one and no other was chosen. */
export function ServiceSelect({ value, onChange, none, error }: ServiceSelectProps) {
  const { data } = useAnswer(RegistryServicesDocument, {});
  const known = data?.registryServices?.map(({ name }) => name) ?? [];
  if (known.length < 2 && value === '') return null;
  // A service that is no longer listed stays shown, so that it can be seen and replaced.
  const names = value === '' || known.includes(value) ? known : [...known, value];
  const options = names.map((name) => ({ value: name, label: name }));
  return (
    <NativeSelect
      label={access.service}
      value={value}
      error={error}
      data={[{ value: '', label: none }, ...options]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
