export { removeUnnumbered } from './unnumbered-events.js';
