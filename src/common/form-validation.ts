import { UsePipes, ValidationError, ValidationPipe } from '@nestjs/common';
import { BadUserInput } from './common.errors.js';
import { FieldProblem } from './domain-error.js';

function problemsOf(errors: readonly ValidationError[], path: readonly string[]): FieldProblem[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const here = [...path, property];
    const own = Object.values(constraints).map((message) => ({ path: here, code: 'INVALID', message }));
    return [...own, ...problemsOf(children, here)];
  });
}

/**
 * Checks the form of a handler's input by its class-validator rules; bound to the handlers that have some, because it
 * costs a third of the throughput. Its messages never quote a value.
 *
 * @throws {BadUserInput} with every field that has the wrong form
 */
export const ValidForm = () =>
  UsePipes(
    new ValidationPipe({
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new BadUserInput(problemsOf(errors, ['input'])),
    }),
  );
