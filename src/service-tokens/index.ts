export { ServiceTokenViews } from './service-token-views.service.js';
export { ServiceTokenModel } from './service-token.model.js';
export { ServiceTokensService } from './service-tokens.service.js';
export { TokenCreators } from './token-creators.service.js';
export { TokenInheritance, TokenInheritanceModule } from './token-inheritance.service.js';
