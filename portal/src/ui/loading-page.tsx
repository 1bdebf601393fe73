import { Skeleton, Stack } from '@mantine/core';
import type { Refusal } from '../api/refusal';
import { RefusalNotice } from './notice';
import { withBasePath } from '../api/base-path';
import { words } from '../words';

/** Shown while a screen loads, or instead of it if the session could not be fetched. */
export function LoadingPage({ refusal }: { refusal?: Refusal }) {
  return (
    <main className="centered-page">
      <div className="brand">
        <img src={withBasePath('/mark.svg')} alt="" width="30" height="30" />
        {words.product}
      </div>
      <div className="card">{refusal ? <RefusalNotice refusal={refusal} /> : <FormPlaceholder />}</div>
    </main>
  );
}

/** As high as a form with two fields, so that the layout does not shift when the form appears. */
export function FormPlaceholder() {
  return (
    <Stack gap="md" role="status" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={36} />
      <Skeleton height={58} />
      <Skeleton height={58} />
      <Skeleton height={36} />
    </Stack>
  );
}
