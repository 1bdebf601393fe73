import { useCallback } from 'react';
import { navigate, useLocation } from './location';

/** State in a query parameter, so that a reload or a shared link shows the same. An empty value removes the parameter. */
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

/** The ID at the end of the path. */
export function useIdOfPath(): string {
  return decodeURIComponent(useLocation().pathname.split('/').at(-1) ?? '');
}
