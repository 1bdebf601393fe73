/** Brings the first marked field into view and puts the focus there. */
export function focusFirstMarked(form: HTMLFormElement | null): void {
  focusOn(form?.querySelector<HTMLElement>('[aria-invalid="true"]'));
}

/** Brings the field of a setting into view and puts the focus there. */
export function focusField(name: string): void {
  focusOn(document.querySelector<HTMLElement>(`form [name="${CSS.escape(name)}"]`));
}

function focusOn(field: HTMLElement | null | undefined): void {
  if (!field) return;
  for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  openTabOf(field);
  // A field in a panel that was hidden can be focused only once the panel is shown.
  requestAnimationFrame(() => {
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
  });
}

function openTabOf(field: HTMLElement): void {
  const panel = field.closest('[role="tabpanel"]');
  const tab = document.getElementById(panel?.getAttribute('aria-labelledby') ?? '');
  if (tab?.getAttribute('aria-selected') === 'false') tab.click();
}
