export { SingleUseService } from './single-use.service.js';
