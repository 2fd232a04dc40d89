import type { BuiltinProvider } from '../runtime/builtin-tool.js';
import { audioProvider } from './audio/audio.provider.js';
import { codeProvider } from './code/code.provider.js';
import { timeProvider } from './time/time.provider.js';
import { webscraperProvider } from './webscraper/webscraper.provider.js';

/** The built-in providers, in the order of lists (contract models-agents-tools 9.2). A new one is a folder beside these and a line here. */
export const builtinProviders: readonly BuiltinProvider[] = [audioProvider, codeProvider, timeProvider, webscraperProvider];
