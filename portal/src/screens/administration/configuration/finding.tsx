import { Badge, Button, Group } from '@mantine/core';
import { words, wordFor } from '../../../words';
import { focusField } from './focus-field';
import { type Fix, FixButton } from './fix-button';
import type { ConfigurationForm } from './use-configuration-form';

const COLOURS: Readonly<Record<string, string>> = {
  PASSED: 'green',
  WARNING: 'yellow',
  FAILED: 'red',
  SKIPPED: 'gray',
};

/** How a check ended. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge color={COLOURS[status] ?? 'gray'} variant="light" tt="none">
      {wordFor(words.configuration.checkStatuses, status)}
    </Badge>
  );
}

interface RemediesProps {
  readonly field?: string;
  readonly fixes: readonly Fix[];
  readonly of: string;
  readonly form: ConfigurationForm;
}

/** The way to the field of a finding, and the values that would fix it. */
export function Remedies({ field, fixes, of, form }: RemediesProps) {
  return (
    <Group gap="xs" mt={4}>
      {field && <FieldLink name={field} />}
      <FixButton fixes={fixes} of={of} form={form} />
    </Group>
  );
}

function FieldLink({ name }: { name: string }) {
  const labels: Readonly<Record<string, readonly string[]>> = words.configuration.fields;
  const label = labels[name]?.[0];
  if (label === undefined) return null;
  return (
    <Button variant="default" size="compact-sm" onClick={() => focusField(name)}>
      {words.configuration.goTo(label)}
    </Button>
  );
}
