export { DemoHttpModule } from './demo.http.module.js';
