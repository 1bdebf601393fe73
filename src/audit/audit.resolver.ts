import { Args, Query, Resolver } from '@nestjs/graphql';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ForAdmins } from '../common/access.decorators.js';
import { cursorText, pageFrom, sizeOf } from '../common/page.js';
import { AuditEventConnection, AuditEventModel, AuditEventsRequest } from './audit-event.model.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditService } from './audit.service.js';

const SAME = ['action', 'actorId', 'targetId', 'outcome'] as const;

/** The audit log, as administrators see it. */
@Resolver()
export class AuditResolver {
  constructor(
    @InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>,
    private readonly audit: AuditService,
  ) {}

  @ForAdmins()
  @Query(() => AuditEventConnection, { nullable: true, description: 'Newest first.' })
  async auditEvents(@Args() request: AuditEventsRequest): Promise<AuditEventConnection> {
    // Where nothing happens nothing is written, and what is too old would stay.
    await this.audit.sweep();
    const { from, to, ...same } = request.filter ?? {};
    const query = this.events.createQueryBuilder('e').orderBy('e.id', 'DESC');
    query.take(sizeOf(request) + 1);
    for (const name of SAME) {
      const value = same[name];
      if (value) query.andWhere(`e.${name} = :${name}`, { [name]: value });
    }
    if (from) query.andWhere('e.at >= :from', { from });
    if (to) query.andWhere('e.at < :to', { to });
    const after = cursorText(request);
    if (after !== null) query.andWhere('e.id < :after', { after });
    const { edges, pageInfo } = pageFrom(await query.getMany(), request, ({ id }) => id);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: AuditEventModel.of(node) })), pageInfo };
  }
}
