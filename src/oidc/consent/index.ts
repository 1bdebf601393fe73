export { ConsentNotes } from './consent-notes.service.js';
export { ConsentOffers } from './consent-offers.service.js';
export { mayAskForConsent, ROUND_PARAMETER } from './consent-round.js';
export type { ConsentRound } from './consent-round.js';
export { ConsentRounds } from './consent-rounds.service.js';
export { ConsentStarts } from './consent-starts.service.js';
