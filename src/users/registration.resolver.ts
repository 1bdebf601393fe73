import { Args, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { Exchange, Public } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { ValidForm } from '../graphql/index.js';
import { AuthMode } from '../settings/auth-mode.js';
import { OnlyIn } from '../settings/only-in.decorator.js';
import { RegisterInput, RegisterPayload } from './registration.inputs.js';
import { Registration } from './registration.service.js';
import { returnedUserTarget, userChanges } from './user.audit.js';
import { UserModel } from './models/user.model.js';

/** Self-registration. */
@OnlyIn(AuthMode.DATABASE)
@Resolver()
export class RegistrationResolver {
  constructor(private readonly registration: Registration) {}

  @Public()
  @ValidForm()
  @AuditedMutation('user.register', returnedUserTarget, () => RegisterPayload, {
    description: 'DATABASE mode, and only while selfRegistration is on.',
  })
  async register(@Args('input') input: RegisterInput, @Exchange() { request }: HttpExchange): Promise<RegisterPayload> {
    const user = await this.registration.register(input, clientAddressOf(request));
    return { user: UserModel.of(user), changes: userChanges(null, user) };
  }
}
