import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { LessThan, Repository } from 'typeorm';
import { BadUserInput } from './common.errors.js';

const LARGEST_PAGE = 100;

/** Which page of a list is asked for. */
@ArgsType()
export class PageRequest {
  @Field(() => Int, { defaultValue: 20 })
  first!: number;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** Where a page stands in its list (Relay connections). */
@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** One page of a list. */
export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

const encoded = (id: string) => Buffer.from(id).toString('base64url');

function idAfter(cursor: string): string {
  const id = Buffer.from(cursor.slice(0, 200), 'base64url').toString();
  if (!/^[0-9a-f-]{36}$/.test(id)) throw BadUserInput.field('after', 'INVALID', 'is no cursor of this list.');
  return id;
}

/**
 * A page of a table whose ids are in order of time, newest first.
 *
 * @throws {BadUserInput} for a page size out of 1 to 100, or a cursor that none of ours is
 */
export async function pageOf<T extends { id: string }>(rows: Repository<T>, request: PageRequest): Promise<Page<T>> {
  const { first, after } = request;
  if (first < 1 || first > LARGEST_PAGE) throw BadUserInput.field('first', 'OUT_OF_RANGE', 'must be from 1 to 100.');
  const query = rows
    .createQueryBuilder('row')
    .orderBy('row.id', 'DESC')
    .take(first + 1);
  if (after) query.where({ id: LessThan(idAfter(after)) });
  const found = await query.getMany();
  const edges = found.slice(0, first).map((node) => ({ cursor: encoded(node.id), node }));
  const [startCursor, endCursor] = [edges.at(0)?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  const pageInfo = { hasNextPage: found.length > first, hasPreviousPage: Boolean(after), startCursor, endCursor };
  return { edges, pageInfo, totalCount: await rows.count() };
}
