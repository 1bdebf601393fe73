import { registerEnumType } from '@nestjs/graphql';

/** How people prove who they are. */
export enum AuthMode {
  DATABASE = 'DATABASE',
  OIDC = 'OIDC',
}

registerEnumType(AuthMode, {
  name: 'AuthMode',
  description:
    'How people prove who they are. One mode is in force at a time, and it changes only while no user but the built-in administrator exists.',
});
