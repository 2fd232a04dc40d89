import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { documented } from './documented.mjs';

const linter = new Linter({ configType: 'flat' });

function faults(file: string, source: string): string[] {
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    plugins: { baya: { rules: { documented } } },
    rules: { 'baya/documented': 'error' as const },
  };
  return linter.verify(source, [config], { filename: file }).map(({ message, line }) => `${String(line)}: ${message}`);
}

const DTO = 'libs/features/apps/src/http/dto/a.request.ts';
const SERVICE = 'libs/features/apps/src/services/a.service.ts';

describe('documented', () => {
  it.each([
    ['an exported class', SERVICE, 'export class A {}', 'exported class'],
    ['an exported class with a decorator', SERVICE, '@Injectable()\nexport class A {}', 'exported class'],
    ['a class under a comment of another kind', SERVICE, '/* why */\n// why\nexport class A {}', 'exported class'],
    ['a class under an empty comment', SERVICE, '/** */\nexport class A {}', 'exported class'],
    ['a method of a port', SERVICE, '/** A. */ export abstract class A {\nabstract b(): void;\n}', 'port promises'],
    ['a property of a port', SERVICE, '/** A. */ export abstract class A {\nabstract readonly b: string;\n}', 'port promises'],
    ['a DTO field', DTO, '/** A. */ export class A {\n/** B. */ b: string;\nc: string;\n}', 'API document'],
    ['a DTO field with decorators', DTO, '/** A. */ export class A {\n@IsInt()\n@Max(1)\nb: number;\n}', 'API document'],
    ['a config field', 'libs/platform/config/src/areas/a.config.ts', "/** A. */ export class A {\n@Env('A') a = 1;\n}", 'setting'],
    [
      'an event',
      'libs/features/apps/src/apps.events.ts',
      "declare module 'x' { interface DomainEventMap {\n'a.b': string } }",
      'event tells',
    ],
    ['a job', 'libs/features/apps/src/jobs/a.job.ts', 'export const a = defineJob({});', 'job does'],
  ])('should ask for a comment on %s', (_, file, source, hint) => {
    expect(faults(file, source)).toEqual([expect.stringContaining(hint)]);
  });

  it.each([
    ['a class with one above its decorators', SERVICE, '/** A. */\n@Injectable()\nexport class A {}'],
    ['a class that is not exported', SERVICE, 'class A {}'],
    ['fields of a service', SERVICE, '/** A. */ export class A {\nb = 1;\n}'],
    ['private and static fields', DTO, '/** A. */ export class A {\nprivate a = 1;\nstatic b = 2;\n}'],
    ['a described field', DTO, '/** A. */ export class A {\n/** B. @example 1 */\n@IsInt() b: number;\n}'],
    ['a described port', SERVICE, '/** A. */ export abstract class A {\n/** B. */\nabstract b(): void;\nc(): void {}\n}'],
    ['other interfaces', SERVICE, 'interface A { b: string }'],
  ])('should be content with %s', (_, file, source) => {
    expect(faults(file, source)).toEqual([]);
  });
});
