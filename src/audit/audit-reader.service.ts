import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, SelectQueryBuilder } from 'typeorm';
import { BESIDE_REQUESTS } from '../common/persistence/beside-requests.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { cursorText, Page, pageFrom, sizeOf } from '../graphql/index.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditEventsRequest, AuditFilter, AuditHour } from './audit-event.model.js';

const SAME = ['action', 'actorId', 'targetId', 'outcome'] as const;
const LONGEST_RANGE_MILLISECONDS = 31 * 86_400_000;

/** Reads the audit log in pages, or counts its events by the hour. */
@Injectable()
export class AuditReader {
  constructor(@InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>) {}

  /** A page of the events that match the filter, newest first. */
  async page(request: AuditEventsRequest): Promise<Omit<Page<AuditEventRow>, 'totalCount'>> {
    const query = this.passing(request.filter ?? {}).orderBy('e.id', 'DESC');
    query.take(sizeOf(request) + 1);
    const after = cursorText(request);
    if (after !== null) query.andWhere('e.id < :after', { after });
    return pageFrom(await query.getMany(), request, ({ id }) => id);
  }

  /**
   * How many events match the filter in each hour that has any, oldest first.
   *
   * @throws {BadUserInput} for a range that is open or longer than 31 days, which would be too much work
   */
  async perHour(filter: AuditFilter): Promise<AuditHour[]> {
    const { from, to } = filter;
    if (!from || !to) throw BadUserInput.field('filter', 'REQUIRED', 'requires from and to.');
    if (to.getTime() - from.getTime() > LONGEST_RANGE_MILLISECONDS) {
      throw BadUserInput.field('filter.to', 'OUT_OF_RANGE', 'must be at most 31 days after from.');
    }
    // Both engines write a time as 2026-11-23 10:00:00.000: its first 13 characters are the hour.
    const hour = 'SUBSTR(e.happened_at, 1, 13)';
    const query = this.passing(filter).select(hour, 'hour').addSelect('SUM(e.event_count)', 'total');
    const rows = await query.groupBy(hour).orderBy(hour).getRawMany<{ hour: string; total: number | string }>();
    return rows.map(({ hour, total }) => ({
      hour: new Date(`${hour.replace(' ', 'T')}:00:00Z`),
      count: Number(total),
    }));
  }

  private passing({ from, to, ...same }: AuditFilter): SelectQueryBuilder<AuditEventRow> {
    const query = this.events.createQueryBuilder('e').comment(BESIDE_REQUESTS);
    for (const name of SAME) {
      const value = same[name];
      if (value) query.andWhere(`e.${name} = :${name}`, { [name]: value });
    }
    if (from) query.andWhere('e.at >= :from', { from });
    if (to) query.andWhere('e.at < :to', { to });
    return query;
  }
}
