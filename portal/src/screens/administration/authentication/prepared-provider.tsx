import { Text } from '@mantine/core';
import { words } from '../../../words';
import { ProviderFields } from './provider-fields';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of the provider while the auth mode is another one: folded, and ready to be filled in and tested. */
export function PreparedProvider({ form }: { form: ConfigurationForm }) {
  const { prepare, prepareNote } = words.authentication;
  return (
    <details className="card">
      <summary>{prepare}</summary>
      <Text size="sm" c="dimmed" my="sm">
        {prepareNote}
      </Text>
      <ProviderFields form={form} />
    </details>
  );
}
