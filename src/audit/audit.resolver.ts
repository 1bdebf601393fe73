import { Args, Query, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../access/access.decorators.js';
import {
  AuditEventConnection,
  AuditEventModel,
  AuditEventsRequest,
  AuditHour,
  AuditHoursRequest,
} from './audit-event.model.js';
import { AuditReader } from './audit-reader.service.js';
import { AuditRetention } from './audit-retention.service.js';
import { SuccessAudit } from './success-audit.service.js';

const HOURS =
  'How many events match the filter in each hour, oldest first; hours without events are left out. from and to are required, at most 31 days apart.';

/** The audit log, as administrators see it. */
@Resolver()
export class AuditResolver {
  constructor(
    private readonly reader: AuditReader,
    private readonly retention: AuditRetention,
    private readonly successes: SuccessAudit,
  ) {}

  @ForAdmins()
  @Query(() => AuditEventConnection, { nullable: true, description: 'Newest first.' })
  async auditEvents(@Args() request: AuditEventsRequest): Promise<AuditEventConnection> {
    // Old events are deleted at writes; without any, they would stay.
    await this.retention.sweep();
    await this.successes.flush();
    const { edges, pageInfo } = await this.reader.page(request);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: AuditEventModel.of(node) })), pageInfo };
  }

  @ForAdmins()
  @Query(() => [AuditHour], { nullable: true, description: HOURS })
  auditEventsPerHour(@Args() { filter }: AuditHoursRequest): Promise<AuditHour[]> {
    return this.reader.perHour(filter);
  }
}
