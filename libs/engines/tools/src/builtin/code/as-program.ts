import type { CodeLanguage } from '#engines/sandbox';

/** Makes a program of what is none for the sandbox, which calls `main`: a program may have a `main` of its own, and calls it itself. */
export function asProgram(language: CodeLanguage, code: string): string {
  // In Python names are bound in turn, so ours comes last. In JavaScript functions are bound first, so the program gets a scope of its own.
  if (language === 'python3') return `${code}\n\n\ndef main():\n    return None\n`;
  // No line is added before it: messages name its lines.
  return `async function main() { await (async () => { ${code}\n})(); return null; }\n`;
}
