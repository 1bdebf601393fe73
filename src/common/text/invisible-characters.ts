/**
 * Characters that nobody sees and nobody types: control characters, blanks without width, and those that turn the
 * direction of writing (Unicode Standard Annex 9). Joiners, which some scripts need, are not among them.
 */
export const INVISIBLE = /[\p{Cc}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/u;
