export { decodeText } from './extract/decode-text.js';
