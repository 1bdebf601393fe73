import { useCallback } from 'react';
import { navigate, useLocation } from './location';

/** A part of the address, so that a reload or a sent link shows the same; an empty one is left out. */
export function useSearchParameter(name: string): [string, (value: string) => void] {
  const { searchParams } = useLocation();
  const set = useCallback(
    (value: string) => {
      const query = new URLSearchParams(location.search);
      if (value) query.set(name, value);
      else query.delete(name);
      const text = query.toString();
      void navigate(location.pathname + (text ? `?${text}` : ''), { replace: true });
    },
    [name],
  );
  return [searchParams.get(name) ?? '', set];
}

/** What the address names at its end. */
export function useIdOfPath(): string {
  return decodeURIComponent(useLocation().pathname.split('/').at(-1) ?? '');
}
