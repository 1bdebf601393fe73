import { registerEnumType } from '@nestjs/graphql';

/** What can be done with a repository. */
export enum RegistryAction {
  PULL = 'PULL',
  PUSH = 'PUSH',
  DELETE = 'DELETE',
}

registerEnumType(RegistryAction, { name: 'RegistryAction' });

/** Whom an access rule is for. */
export enum AccessSubjectKind {
  ANYONE = 'ANYONE',
  AUTHENTICATED = 'AUTHENTICATED',
  USER = 'USER',
  GROUP = 'GROUP',
}

registerEnumType(AccessSubjectKind, {
  name: 'AccessSubjectKind',
  valuesMap: {
    ANYONE: { description: 'Anonymous pulls included.' },
    AUTHENTICATED: { description: 'Everybody who is logged in.' },
  },
});
