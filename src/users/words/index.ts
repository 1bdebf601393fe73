export { UserWord } from './user-word.entity.js';
export { WordIndex } from './word-index.service.js';
export { hasWords, searchedWords } from './words.js';
export type { NamedUser } from './words.js';
