import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

interface ProviderCardProps {
  readonly form: ConfigurationForm;
  readonly name: 'provider' | 'signIn';
  readonly children: ReactNode;
}

/** Settings that take effect in OIDC mode: while the auth mode is another one they are folded, and ready to be filled in. */
export function ProviderCard({ form, name, children }: ProviderCardProps) {
  const { prepare, prepareNote } = words.configuration;
  const title = words.configuration[name];
  const fields = <div className="form">{children}</div>;
  if (form.draft.authMode === 'OIDC') return <Card title={title}>{fields}</Card>;
  return (
    <details className="card">
      <summary>{prepare[name]}</summary>
      <Text size="sm" c="dimmed" my="sm">
        {prepareNote}
      </Text>
      <Card title={title}>{fields}</Card>
    </details>
  );
}
