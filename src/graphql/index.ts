export { below } from './input-paths.js';
export { ValidForm } from './input-validation.js';
export { cursorText, like, pageFrom, PageInfo, pageOf, PageRequest, sizeOf } from './pagination.js';
export type { Page } from './pagination.js';
export { SingleLine } from './single-line.decorator.js';
