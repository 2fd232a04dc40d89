export { DemoModule } from './demo.module.js';
export { type DemoAccess, DemoService } from './demo.service.js';
