/**
 * Characters that people neither see nor type: control characters, zero-width spaces, and those that change the text
 * direction (Unicode Standard Annex 9). Joiners, which some scripts need, are not included.
 */
export const INVISIBLE = /[\p{Cc}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/u;
