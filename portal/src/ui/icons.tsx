const PATHS = {
  copy: 'M9 9h10v12H9zM5 15V3h10',
  done: 'm4 13 5 5L20 6',
  show: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
  hide: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM4 20 20 4',
  missing: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10',
  down: 'm6 9 6 6 6-6',
};

/** A decorative icon, hidden from screen readers: the text next to it says the same. */
export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path d={PATHS[name]} strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
