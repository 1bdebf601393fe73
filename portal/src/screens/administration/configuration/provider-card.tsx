import { Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

interface ProviderCardProps {
  readonly form: ConfigurationForm;
  readonly name: 'provider' | 'signIn';
  readonly children: ReactNode;
}

/**
 * Settings that take effect in OIDC mode: while the auth mode is another one they are folded, and ready to be filled in. One tree in
 * both modes, so that a report or a test login stays when the mode is chosen.
 */
export function ProviderCard({ form, name, children }: ProviderCardProps) {
  const { prepare, prepareNote } = words.configuration;
  const title = words.configuration[name];
  const isOidc = form.draft.authMode === 'OIDC';
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={isOidc ? undefined : 'card'}
      open={isOidc || isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary hidden={isOidc}>{prepare[name]}</summary>
      <Text size="sm" c="dimmed" my="sm" hidden={isOidc}>
        {prepareNote}
      </Text>
      <Card title={title}>
        <div className="form">{children}</div>
      </Card>
    </details>
  );
}
