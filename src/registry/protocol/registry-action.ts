import { registerEnumType } from '@nestjs/graphql';

/** An action on a repository. */
export enum RegistryAction {
  PULL = 'PULL',
  PUSH = 'PUSH',
  DELETE = 'DELETE',
}

registerEnumType(RegistryAction, { name: 'RegistryAction' });

/** The kind of subject of an access rule. */
export enum AccessSubjectKind {
  ANYONE = 'ANYONE',
  AUTHENTICATED = 'AUTHENTICATED',
  USER = 'USER',
  GROUP = 'GROUP',
}

registerEnumType(AccessSubjectKind, {
  name: 'AccessSubjectKind',
  valuesMap: {
    ANYONE: { description: 'Everybody, including anonymous clients.' },
    AUTHENTICATED: { description: 'Every user who is logged in.' },
  },
});
