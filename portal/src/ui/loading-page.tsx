import { Skeleton, Stack } from '@mantine/core';
import type { Refusal } from '../api/refusal';
import { RefusalNotice } from './notice';
import { words } from '../words';

/** Holds the place of a screen that is still to come. */
export function Waiting({ refusal }: { refusal?: Refusal }) {
  return (
    <main className="entrance">
      <div className="brand">
        <img src="/mark.svg" alt="" width="30" height="30" />
        {words.product}
      </div>
      <div className="card">{refusal ? <RefusalNotice refusal={refusal} /> : <Placeholder />}</div>
    </main>
  );
}

/** The height of a form of two fields, so that nothing moves when it comes. */
export function Placeholder() {
  return (
    <Stack gap="md" role="status" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={36} />
      <Skeleton height={58} />
      <Skeleton height={58} />
      <Skeleton height={36} />
    </Stack>
  );
}
