/** A signal that aborts with another one, or after a time with a `TimeoutError`. Clear it when the work has ended. */
export interface Deadline {
  readonly signal: AbortSignal;
  clear(): void;
}

/** Begins a deadline. (The timer of `AbortSignal.timeout` does not keep its signal, which may be collected before it aborts.) */
export function deadlineOf(milliseconds: number, other: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = () => controller.abort(other.reason);
  const abort = () => controller.abort(new DOMException('The deadline is over.', 'TimeoutError'));
  const timer = setTimeout(abort, milliseconds);
  if (other.aborted) end();
  other.addEventListener('abort', end);
  const clear = () => {
    clearTimeout(timer);
    other.removeEventListener('abort', end);
  };
  return { signal: controller.signal, clear };
}
