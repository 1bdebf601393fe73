import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { words } from '../words';

/** Sets the title of the browser tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = words.titleOf(title);
  }, [title]);
}

/** A screen with navigation: its title, an explanation, and actions. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <>
      <div className="page-head">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {about && <Text c="dimmed">{about}</Text>}
        </div>
        {actions}
      </div>
      {children}
    </>
  );
}

/** A section of a screen, with a title. */
export function Card({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <div className="page-head">
        <Title order={2} size="h4">
          {title}
        </Title>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Placeholder lines while loading. */
export function Lines({ count }: { count: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label={words.loading} role="status">
      {Array.from({ length: count }, (_, line) => (
        <Skeleton key={line} height={22} width={line % 3 === 2 ? '60%' : '100%'} />
      ))}
    </Stack>
  );
}
