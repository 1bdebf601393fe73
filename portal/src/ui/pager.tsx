import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words';

/** How many rows a page of a list has. */
export const ROWS_PER_PAGE = 25;

/** The way through a list, page by page: it begins anew whenever what is asked for changes. */
export interface Pages {
  readonly after: string | null;
  readonly hasPrevious: boolean;
  readonly forward: (cursor: string) => void;
  readonly back: () => void;
}

/** Remembers the cursors of the pages before, for lists that are read forward. */
export function usePages(asked: string): Pages {
  const [{ of, cursors }, setTrail] = useState<{ of: string; cursors: readonly string[] }>({ of: asked, cursors: [] });
  const trail = of === asked ? cursors : [];
  return {
    after: trail.at(-1) ?? null,
    hasPrevious: trail.length > 0,
    forward: (cursor) => setTrail({ of: asked, cursors: [...trail, cursor] }),
    back: () => setTrail({ of: asked, cursors: trail.slice(0, -1) }),
  };
}

interface PagerProps {
  readonly pages: Pages;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined;
  readonly found?: string;
}

/** Forward and back through a list, with how much there is. */
export function Pager({ pages, pageInfo, found }: PagerProps) {
  const next = pageInfo?.hasNextPage ? pageInfo.endCursor : undefined;
  const isNeeded = pages.hasPrevious || Boolean(next);
  return (
    <div className="pager">
      <Text size="sm" c="dimmed" role="status">
        {found}
      </Text>
      {isNeeded && (
        <Group gap="xs" role="group" aria-label={words.pager.label}>
          <Button variant="default" disabled={!pages.hasPrevious} onClick={pages.back}>
            {words.pager.previous}
          </Button>
          <Button variant="default" disabled={!next} onClick={() => next && pages.forward(next)}>
            {words.pager.next}
          </Button>
        </Group>
      )}
    </div>
  );
}
