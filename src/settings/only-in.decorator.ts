import { SetMetadata } from '@nestjs/common';
import { AuthMode } from './auth-mode.js';

/** The metadata key of {@link OnlyIn}. */
export const ONLY_IN = Symbol('only-in');

/** Closes a handler in every auth mode but one. */
export const OnlyIn = (mode: AuthMode) => SetMetadata(ONLY_IN, mode);
