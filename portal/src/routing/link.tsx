import { Anchor, type AnchorProps } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { withBasePath } from '../api/base-path';
import { navigate } from './location';

/** Follows a link without reloading the page. A click that opens another tab is left to the browser. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void navigate(event.currentTarget.getAttribute('href') ?? '/');
}

/** A link to another screen. */
export function Link({ to, children, ...rest }: AnchorProps & { to: string; children: ReactNode }) {
  return (
    <Anchor href={withBasePath(to)} onClick={follow} inherit {...rest}>
      {children}
    </Anchor>
  );
}
