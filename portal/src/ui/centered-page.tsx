import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './page';
import { withBasePath } from '../api/base-path';
import { words } from '../words';

/** A page without navigation, with one card in the center: login, registration, onboarding. */
export function CenteredPage({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <main className="centered-page">
      <div className="brand">
        <img src={withBasePath('/mark.svg')} alt="" width="30" height="30" />
        {words.product}
      </div>
      <div className="card">
        <Title order={1} size="h3" mb="md">
          {title}
        </Title>
        {children}
      </div>
    </main>
  );
}
