export { BruteForceGuard } from './brute-force-guard.service.js';
export type { ClientAddress, GuardedCheck } from './brute-force-guard.service.js';
export { DisclosureThrottle } from './disclosure-throttle.service.js';
export { FairQueue } from './fair-queue.js';
export type { QueueSource } from './fair-queue.js';
export { noteForwarding } from './forwarding-hook.js';
export { RegistrationThrottle } from './registration-throttle.service.js';
export { UnknownSessionThrottle } from './unknown-session-throttle.service.js';
export { UnreadForwarding } from './unread-forwarding.service.js';
