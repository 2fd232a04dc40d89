import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importVerdict } from './dsl-version.js';
import { parseDsl } from './parse-dsl.js';
import { writeDsl } from './write-dsl.js';

interface Exchange {
  request: { method: string; path: string; body?: { mode?: string; yaml_content?: string } };
  response: { status: number; body?: { data?: string; status?: string; error?: string; imported_dsl_version?: string } };
}

const traces = join(import.meta.dirname, '../../../../../../shared/contract/traces');
const exchanges = (name: string): Exchange[] =>
  (JSON.parse(readFileSync(join(traces, name), 'utf8')) as { exchanges: Exchange[] }).exchanges;

/** What Dify answered, where its records are at hand; `npm test` says when they are not. */
describe.skipIf(!existsSync(traces))('DSL files against recorded answers', () => {
  it.each(['console/apps-export.json', 'chatflow/export.json', 'pipelines/export.json', 'agents/export-agent-app.json'])(
    'should write the exports of %s byte for byte',
    (name) => {
      const files = exchanges(name).flatMap(({ response }) => (typeof response.body?.data === 'string' ? [response.body.data] : []));

      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(writeDsl(parseDsl(file).document!)).toBe(file);
    },
  );

  it('should take and refuse what the recorded import took and refused, in the same words', () => {
    const imports = exchanges('console/apps-import.json').filter(
      ({ request: { path, body }, response: { status } }) =>
        path.endsWith('/imports') && body?.mode === 'yaml-content' && body.yaml_content !== '' && status !== 500,
    );

    expect(imports.length).toBeGreaterThan(10);
    for (const { request, response } of imports) {
      const { document, problems } = parseDsl(request.body!.yaml_content!, { kind: 'app' });
      const verdict = document === null ? 'failed' : importVerdict(document);
      expect([request.body!.yaml_content, verdict]).toEqual([request.body!.yaml_content, response.body!.status]);
      if (document !== null) expect(document.version).toBe(response.body!.imported_dsl_version);
      // What PyYAML says of a syntax error is its own.
      else expect(problems.at(-1)?.message.slice(0, 20)).toBe(response.body!.error!.slice(0, 20));
    }
  });
});
