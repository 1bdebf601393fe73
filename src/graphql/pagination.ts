import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { FindOptionsWhere, LessThan, Repository } from 'typeorm';
import { BESIDE_REQUESTS } from '../common/persistence/beside-requests.js';
import { BadUserInput } from '../common/errors/common.errors.js';

/** The maximum number of rows in a page. */
export const LARGEST_PAGE = 100;

/** The requested page of a list. */
@ArgsType()
export class PageRequest {
  @Field(() => Int, { defaultValue: 20 })
  first!: number;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** The position of a page in its list (Relay connections). */
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
  readonly totalCount: number | null;
}

const LONGEST_CURSOR = 2048;

const encoded = (text: string) => Buffer.from(text).toString('base64url');

/**
 * The number of rows in a page.
 *
 * @throws {BadUserInput} unless it is from 1 to 100
 */
export function sizeOf({ first }: PageRequest): number {
  if (first < 1 || first > LARGEST_PAGE) throw BadUserInput.field('first', 'OUT_OF_RANGE', 'must be from 1 to 100.');
  return first;
}

/**
 * The decoded cursor after which the page begins, or null for the first page.
 *
 * @throws {BadUserInput} for an invalid cursor
 */
export function cursorText({ after }: PageRequest): string | null {
  if (!after) return null;
  const text = after.length > LONGEST_CURSOR ? '' : Buffer.from(after, 'base64url').toString();
  if (text === '' || encoded(text) !== after)
    throw BadUserInput.field('after', 'INVALID', 'is not a valid cursor for this list.');
  return text;
}

/** A page from the rows that were read for it: one more than the page has, to know whether there is a next page. */
export function pageFrom<T>(
  found: readonly T[],
  request: PageRequest,
  textOf: (node: T) => string,
): Omit<Page<T>, 'totalCount'> {
  const edges = found.slice(0, request.first).map((node) => ({ cursor: encoded(textOf(node)), node }));
  const [startCursor, endCursor] = [edges.at(0)?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  const hasNextPage = found.length > request.first;
  return { edges, pageInfo: { hasNextPage, hasPreviousPage: Boolean(request.after), startCursor, endCursor } };
}

/** The LIKE pattern for a prefix, with `!` as its escape. */
export function like(start: string): string {
  return `${start.slice(0, 255).replace(/[!%_]/g, '!$&')}%`;
}

/**
 * A page of a table whose ids are ordered by time, newest first: of all its rows, or of those that meet a condition.
 *
 * @throws {BadUserInput} for a page size outside 1 to 100, or an invalid cursor
 */
export async function pageOf<T extends { id: string }>(
  rows: Repository<T>,
  request: PageRequest,
  where: FindOptionsWhere<T> = {},
): Promise<Page<T>> {
  const after = cursorText(request);
  const query = rows
    .createQueryBuilder('row')
    .comment(BESIDE_REQUESTS)
    .where(where)
    .orderBy('row.id', 'DESC')
    .take(sizeOf(request) + 1);
  if (after !== null) query.andWhere({ id: LessThan(after) });
  const found = await query.getMany();
  const totalCount = await rows.count({ where, comment: BESIDE_REQUESTS });
  return { ...pageFrom(found, request, ({ id }) => id), totalCount };
}
