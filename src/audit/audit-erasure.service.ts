import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FindOptionsWhere, In, IsNull, MoreThan, Not, Repository } from 'typeorm';
import { AuditEventRow } from './audit-event.entity.js';

const AT_ONCE = 500;
const SOMETHING = Not(IsNull());
const NOTHING = { remoteAddress: null, detail: null };
const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

type Where = FindOptionsWhere<AuditEventRow>;

/** Takes personal data out of the audit log. The events stay, with the ids of actors and targets. */
@Injectable()
export class AuditErasure {
  constructor(@InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>) {}

  /**
   * Erases what was noted of these actors, names, addresses and details, the names of these targets, and what changes say of
   * either.
   *
   * @param actorIds the ids of users and service tokens
   * @param targetIds the ids of what they, or others, have acted on; the actors count as such, too
   */
  async erase(actorIds: readonly string[], targetIds: readonly string[]): Promise<void> {
    const [actorId, targetId] = [In([...actorIds]), In([...actorIds, ...targetIds])];
    await this.clear(filled({ actorId }, 'actorLabel'), { ...NOTHING, actorLabel: null });
    // Without a known actor, such as a login that was refused: it was most likely theirs.
    await this.clear(filled({ targetId, actorId: IsNull() }), NOTHING);
    await this.clear([{ targetId, targetLabel: SOMETHING }], { targetLabel: null });
    await this.clear([{ targetId, changes: SOMETHING }], { changes: null });
    await this.clearChangesThatName(new Set(actorIds));
  }

  /** Changes of other things, such as access rules, name users together with their ids. */
  private async clearChangesThatName(ids: ReadonlySet<string>): Promise<void> {
    let last = '';
    for (;;) {
      const where = { id: MoreThan(last), changes: SOMETHING };
      const columns = { id: true, changes: true } as const;
      const found = await this.events.find({ where, select: columns, order: { id: 'ASC' }, take: AT_ONCE });
      if (found.length === 0) return;
      const naming = found.filter(({ changes }) => changes?.match(IDS)?.some((id) => ids.has(id)));
      if (naming.length > 0) await this.events.update({ id: In(naming.map(({ id }) => id)) }, { changes: null });
      last = found.at(-1)?.id ?? '';
    }
  }

  /** In pieces, because a user may have very many events, and others write at the same time. */
  private async clear(where: Where[], change: Partial<AuditEventRow>): Promise<void> {
    for (;;) {
      const found = await this.events.find({ where, select: { id: true }, take: AT_ONCE });
      if (found.length === 0) return;
      await this.events.update({ id: In(found.map(({ id }) => id)) }, change);
    }
  }
}

/** Events in which one of the columns to be cleared has a value. */
function filled(where: Where, ...columns: readonly 'actorLabel'[]): Where[] {
  return [...columns, 'remoteAddress' as const, 'detail' as const].map((column) => ({ ...where, [column]: SOMETHING }));
}
