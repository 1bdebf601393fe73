import { Injectable, Module } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { In, Not, Repository } from 'typeorm';
import { ServiceTokenRole } from '../access/principal.js';
import { ServiceToken } from './service-token.entity.js';

/** Keeps registries and monitoring running when the creator of their tokens is removed. */
@Injectable()
export class TokenInheritance {
  constructor(@InjectRepository(ServiceToken) private readonly rows: Repository<ServiceToken>) {}

  /** The ids of the ADMIN tokens of these users. */
  async adminTokensOf(userIds: readonly string[]): Promise<string[]> {
    const where = { createdBy: In([...userIds]), role: ServiceTokenRole.ADMIN };
    return (await this.rows.find({ where, select: { id: true } })).map(({ id }) => id);
  }

  /** Passes the VERIFIER and METRICS tokens of these users to the installation, and deletes their ADMIN tokens. */
  async passOn(userIds: readonly string[]): Promise<void> {
    const createdBy = In([...userIds]);
    await this.rows.update({ createdBy, role: Not(ServiceTokenRole.ADMIN) }, { createdBy: null });
    await this.rows.delete({ createdBy, role: ServiceTokenRole.ADMIN });
  }
}

/** The part of service tokens that {@link TokenInheritance} needs. */
@Module({
  imports: [TypeOrmModule.forFeature([ServiceToken])],
  providers: [TokenInheritance],
  exports: [TokenInheritance],
})
export class TokenInheritanceModule {}
