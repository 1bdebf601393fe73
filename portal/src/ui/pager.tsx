import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words';

/** The number of rows per page. */
export const ROWS_PER_PAGE = 25;

/** The position in a paginated list. It is reset when the query changes. */
export interface Pages {
  readonly after: string | null;
  readonly hasPrevious: boolean;
  readonly forward: (cursor: string) => void;
  readonly back: () => void;
}

/** Remembers the cursors of earlier pages, because lists can only be read forward. */
export function usePages(query: string): Pages {
  const [{ of, cursors }, setTrail] = useState<{ of: string; cursors: readonly string[] }>({ of: query, cursors: [] });
  const trail = of === query ? cursors : [];
  return {
    after: trail.at(-1) ?? null,
    hasPrevious: trail.length > 0,
    forward: (cursor) => setTrail({ of: query, cursors: [...trail, cursor] }),
    back: () => setTrail({ of: query, cursors: trail.slice(0, -1) }),
  };
}

interface PagerProps {
  readonly pages: Pages;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined;
  readonly found?: string;
}

/** Buttons to the previous and next page, with the total. */
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
