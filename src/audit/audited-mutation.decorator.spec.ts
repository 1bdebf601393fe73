import { describe, expect, it } from '@jest/globals';
import { AuditedMutation } from './audited-mutation.decorator.js';
import { AUDITED } from './audit.interceptor.js';
import type { AuditTargets } from './audit-targets.js';

interface Ship {
  readonly ship: { readonly id: string };
}

const shipTarget: AuditTargets<{ shipId: string }, Ship> = {
  ofInput: ({ shipId }) => ({ type: 'ship', id: shipId }),
  ofPayload: ({ ship }) => ({ type: 'ship', id: ship.id }),
};
const newShipTarget: AuditTargets<unknown, Ship> = { ofPayload: shipTarget.ofPayload };

/** The compiler is the test: a line that is expected not to compile and does is an error. */
class Shipyard {
  @AuditedMutation('user.rename', shipTarget, () => String)
  rename(_caller: string, { shipId }: { shipId: string; name: string }): Promise<Ship> {
    return Promise.resolve({ ship: { id: shipId } });
  }

  @AuditedMutation('user.create', newShipTarget, () => String)
  build(): Promise<Ship> {
    return Promise.resolve({ ship: { id: 'new' } });
  }

  // @ts-expect-error: no parameter has a shipId
  @AuditedMutation('user.rename', shipTarget, () => String)
  withAnotherInput({ id }: { id: string }): Promise<Ship> {
    return Promise.resolve({ ship: { id } });
  }

  // @ts-expect-error: the payload has no ship
  @AuditedMutation('user.create', newShipTarget, () => String)
  withAnotherPayload(): Promise<{ boat: { id: string } }> {
    return Promise.resolve({ boat: { id: 'new' } });
  }

  // @ts-expect-error: it does not say what it is about
  @AuditedMutation('user.create')
  withoutTargets(): Promise<Ship> {
    return this.build();
  }
}

describe(AuditedMutation, () => {
  it('tells the interceptor the action and the targets of a handler that they fit', () => {
    const handler = Object.getOwnPropertyDescriptor(Shipyard.prototype, 'rename')?.value as object;
    expect(Reflect.getMetadata(AUDITED, handler)).toEqual({ action: 'user.rename', targets: shipTarget });
  });
});
