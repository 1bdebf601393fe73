export { LogoutChoices } from './logout-choices.service.js';
