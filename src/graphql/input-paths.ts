import { GraphQLError, Kind } from 'graphql';
import { BadUserInput } from '../common/errors/common.errors.js';

const INPUT = 'input';

/**
 * A refusal of fields with the paths that the client knows. A service names a field of its own, such as `username`; an
 * operation that has an `input` argument has the field in there. A path that begins with an argument stays as it is.
 *
 * @param error where the refusal was thrown: its node is the field of the document
 */
export function belowInput(refusal: BadUserInput, { path, nodes = [] }: GraphQLError): BadUserInput {
  const [node] = nodes;
  if (path === undefined || node?.kind !== Kind.FIELD) return refusal;
  const names = (node.arguments ?? []).map(({ name }) => name.value);
  const isComplete = refusal.extensions.fields.every(({ path: [first = ''] }) => names.includes(first));
  return names.includes(INPUT) && !isComplete ? refusal.below(INPUT) : refusal;
}

/** Runs `work` and puts a name in front of the field paths of its refusals: the place of its data in the caller's input. */
export async function below<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BadUserInput ? error.below(name) : error;
  }
}
