/** Brings the first marked field into view and puts the focus there. */
export function focusFirstMarked(form: HTMLFormElement | null): void {
  focusOn(form?.querySelector<HTMLElement>('[aria-invalid="true"]'));
}

/** Brings the field of a setting into view and puts the focus there. */
export function focusField(name: string): void {
  focusOn(document.querySelector<HTMLElement>(`form [name="${CSS.escape(name)}"]`));
}

function focusOn(field: HTMLElement | null | undefined): void {
  field?.closest('details')?.setAttribute('open', '');
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
