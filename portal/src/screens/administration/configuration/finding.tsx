import { Badge, Button, Group } from '@mantine/core';
import { words, wordFor } from '../../../words';
import type { DraftField } from './draft';
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

/** What a finding can lead to: a field, or the redirect URI, which is only shown. */
export type LinkedField = DraftField | 'redirectUri';

interface RemediesProps {
  readonly field?: string;
  readonly fixes: readonly Fix[];
  readonly of: string;
  readonly form: ConfigurationForm;
  /** Called before the focus goes to the field, such as to close a dialog. */
  readonly onLeave?: () => void;
}

/** The way to the field of a finding, and the values that would fix it. */
export function Remedies({ field, fixes, of, form, onLeave }: RemediesProps) {
  return (
    <Group gap="xs" mt={4}>
      {field && <FieldLink name={field} onLeave={onLeave} />}
      <FixButton fixes={fixes} of={of} form={form} onLeave={onLeave} />
    </Group>
  );
}

function FieldLink({ name, onLeave }: { name: string; onLeave: (() => void) | undefined }) {
  const { fields, redirectUri } = words.configuration;
  const labels: Readonly<Record<string, readonly string[]>> = { ...fields, redirectUri: [redirectUri] };
  const label = labels[name]?.[0];
  if (label === undefined) return null;
  return (
    <Button variant="default" size="compact-sm" onClick={() => (onLeave?.(), focusField(name))}>
      {words.configuration.goTo(label)}
    </Button>
  );
}
