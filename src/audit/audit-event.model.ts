import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { PageInfo, PageRequest } from '../graphql/index.js';
import { AuditActorKind, AuditOutcome } from './audit-event.js';
import { changesIn } from './changes/index.js';
import { AuditEventRow } from './audit-event.entity.js';

registerEnumType(AuditActorKind, { name: 'AuditActorKind' });
registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'FAILED: nothing was refused; a server did not answer.',
});

/** The actor of an event. */
@ObjectType('AuditActor')
export class AuditActorModel {
  @Field(() => AuditActorKind)
  kind!: AuditActorKind;

  @Field(() => ID, { nullable: true })
  id!: string | null;

  @Field(() => String, { nullable: true, description: 'The name at that time.' })
  label!: string | null;
}

/** The target of an event. */
@ObjectType('AuditTarget')
export class AuditTargetModel {
  @Field(() => String)
  type!: string;

  @Field(() => ID, { nullable: true })
  id!: string | null;

  @Field(() => String, { nullable: true })
  label!: string | null;
}

/** A field that an audited action changed. */
@ObjectType('AuditChange', { description: 'A value that is longer than 300 characters is cut.' })
export class AuditChangeModel {
  @Field(() => String, { description: 'The name of the field or the setting.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Null: no value. Of a secret only "set" or "not set".' })
  before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Null: no value. Of a secret only "set", "not set" or "changed".',
  })
  after!: string | null;
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
    description:
      'How many similar events within a minute are counted in this one; 1 for anything that a known user did.',
  })
  count!: number;

  @Field(() => String, { nullable: true, description: 'An error code or status of this schema.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What was wrong, beyond the reason, such as the member of a token answer that the provider sent wrongly.',
  })
  detail!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The client address. If several events are counted: the address block of one client, or a network (/24, /48) if it has very many such blocks; "others" if that minute has too many events of strangers to keep them apart.',
  })
  remoteAddress!: string | null;

  @Field(() => String, { nullable: true })
  requestId!: string | null;

  @Field(() => [AuditChangeModel], {
    description: 'What the action changed: settings, access rules, users, service tokens. Empty for any other.',
  })
  changes!: readonly AuditChangeModel[];

  static of(row: AuditEventRow): AuditEventModel {
    const { actorKind: kind, targetType: type } = row;
    return Object.assign(new AuditEventModel(), row, {
      changes: changesIn(row.changes),
      actor: { kind, id: row.actorId, label: row.actorLabel },
      target: type === null ? null : { type, id: row.targetId, label: row.targetLabel },
    });
  }
}

/** An edge of the audit log. */
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

/** Which events to return; all given conditions must hold. */
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

/** The page and the filter of a query for events. */
@ArgsType()
export class AuditEventsRequest extends PageRequest {
  @Field(() => Int, { defaultValue: 50 })
  override first!: number;

  @Field(() => AuditFilter, { nullable: true })
  filter?: AuditFilter | null;
}

/** The number of events in one hour. */
@ObjectType()
export class AuditHour {
  @Field(() => DateTime, { description: 'When the hour began.' })
  hour!: Date;

  @Field(() => Int)
  count!: number;
}

/** The filter of the events to count. */
@ArgsType()
export class AuditHoursRequest {
  @Field(() => AuditFilter)
  filter!: AuditFilter;
}
