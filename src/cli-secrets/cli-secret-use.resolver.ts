import { Query, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../access/access.decorators.js';
import { CliSecretReader } from './cli-secret-reader.service.js';

/** Tells administrators whether registry clients have arrived. */
@Resolver()
export class CliSecretUseResolver {
  constructor(private readonly reader: CliSecretReader) {}

  @ForAdmins()
  @Query(() => Boolean, {
    nullable: true,
    description:
      'Whether any of the present CLI secrets was used: whether docker or another client has logged in with one.',
  })
  anyCliSecretUsed(): Promise<boolean> {
    return this.reader.isAnyUsed();
  }
}
