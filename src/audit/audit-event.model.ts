import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/date-time.scalar.js';
import { PageInfo, PageRequest } from '../graphql/pagination.js';
import { AuditActorKind, AuditOutcome } from './audit-event.js';
import { AuditEventRow } from './audit-event.entity.js';

registerEnumType(AuditActorKind, { name: 'AuditActorKind' });
registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'FAILED: neither party refused; something did not answer.',
});

/** Who did something. */
@ObjectType('AuditActor')
export class AuditActorModel {
  @Field(() => AuditActorKind)
  kind!: AuditActorKind;

  @Field(() => ID, { nullable: true })
  id!: string | null;

  @Field(() => String, { nullable: true, description: 'The name at that time.' })
  label!: string | null;
}

/** What it was done to. */
@ObjectType('AuditTarget')
export class AuditTargetModel {
  @Field(() => String)
  type!: string;

  @Field(() => ID, { nullable: true })
  id!: string | null;

  @Field(() => String, { nullable: true })
  label!: string | null;
}

/** An event of the audit log. */
@ObjectType('AuditEvent')
export class AuditEventModel {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime)
  at!: Date;

  @Field(() => AuditActorModel)
  actor!: AuditActorModel;

  @Field(() => String, {
    description: 'Stable identifier such as login, onboard, configuration.update, cli_secret.generate.',
  })
  action!: string;

  @Field(() => AuditTargetModel, { nullable: true })
  target!: AuditTargetModel | null;

  @Field(() => AuditOutcome)
  outcome!: AuditOutcome;

  @Field(() => Int, {
    description: 'How many alike within a minute are summed up here; 1 for anything that a known person did.',
  })
  count!: number;

  @Field(() => String, { nullable: true, description: 'An error code or status of this schema.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where it came from. Of a sum: the block of addresses that one client can choose from, or the network (/24, /48) of very many blocks; "others" where strangers caused more sums in that minute than are kept apart.',
  })
  remoteAddress!: string | null;

  @Field(() => String, { nullable: true })
  requestId!: string | null;

  static of(row: AuditEventRow): AuditEventModel {
    const { actorKind: kind, targetType: type } = row;
    return Object.assign(new AuditEventModel(), row, {
      actor: { kind, id: row.actorId, label: row.actorLabel },
      target: type === null ? null : { type, id: row.targetId, label: row.targetLabel },
    });
  }
}

/** A place in the audit log. */
@ObjectType()
export class AuditEventEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => AuditEventModel)
  node!: AuditEventModel;
}

/** A page of the audit log. */
@ObjectType()
export class AuditEventConnection {
  @Field(() => [AuditEventEdge])
  edges!: readonly AuditEventEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

/** Which events are asked for; everything that is said has to hold. */
@InputType({ description: 'from is inclusive, to is exclusive.' })
export class AuditFilter {
  @Field(() => String, { nullable: true })
  action?: string | null;

  @Field(() => ID, { nullable: true })
  actorId?: string | null;

  @Field(() => ID, { nullable: true })
  targetId?: string | null;

  @Field(() => AuditOutcome, { nullable: true })
  outcome?: AuditOutcome | null;

  @Field(() => DateTime, { nullable: true })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;
}

/** A page of the events that pass the filter. */
@ArgsType()
export class AuditEventsRequest extends PageRequest {
  @Field(() => Int, { defaultValue: 50 })
  override first!: number;

  @Field(() => AuditFilter, { nullable: true })
  filter?: AuditFilter | null;
}

/** How much happened within one hour. */
@ObjectType()
export class AuditHour {
  @Field(() => DateTime, { description: 'When the hour began.' })
  hour!: Date;

  @Field(() => Int)
  count!: number;
}

/** Which events are counted. */
@ArgsType()
export class AuditHoursRequest {
  @Field(() => AuditFilter)
  filter!: AuditFilter;
}
