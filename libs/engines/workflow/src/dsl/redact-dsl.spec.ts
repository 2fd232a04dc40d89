import { dslWith } from '../testing/dsl.factory.js';
import { openDatasetId, sealDatasetId } from './dataset-ids.js';
import { parseDsl } from './parse-dsl.js';
import { redactDsl } from './redact-dsl.js';
import { writeDsl } from './write-dsl.js';

const dataset = '0198c5a4-7f3e-7c1d-9b5e-2f6d8a1c0e47';
const tenant = '70baf775-2b2c-4ae1-adb2-f985956c84a2';

const document = () =>
  dslWith(
    {
      tool: { type: 'tool', provider_id: 'x', credential_id: 'canary-1' },
      agent: { type: 'agent', agent_parameters: { tools: { type: 'constant', value: [{ tool_name: 't', credential_id: 'canary-2' }] } } },
      find: { type: 'knowledge-retrieval', dataset_ids: [dataset] },
      plan: { type: 'trigger-schedule', config: { mode: 'cron', cron_expression: 'canary-3' } },
      hook: { type: 'trigger-webhook', webhook_url: 'https://canary-4', webhook_debug_url: 'https://canary-5' },
      event: { type: 'trigger-plugin', subscription_id: 'canary-6' },
    },
    [],
    {
      workflow: {
        environment_variables: [
          { name: 'key', value_type: 'secret', value: 'canary-7' },
          { name: 'url', value_type: 'string', value: 'kept' },
        ],
      },
    },
  );

describe('redactDsl', () => {
  it('should take out everything that must not leave the workspace', () => {
    const before = document();

    const text = writeDsl(redactDsl(before, { sealDatasetId: (id) => sealDatasetId(id, tenant) }));

    expect(text).not.toMatch(/canary-\d/);
    expect(text).not.toContain(dataset);
    expect(text).toContain('value: kept');
    expect(text).toContain("webhook_url: ''");
    expect(text).toContain('frequency: daily');
    expect(before).toEqual(document());
  });

  it('should keep secrets and credentials when asked to, never a trigger', () => {
    const text = writeDsl(redactDsl(document(), { includeSecrets: true }));

    expect(text.match(/canary-\d/g)?.sort()).toEqual(['canary-1', 'canary-2', 'canary-7']);
    expect(text).toContain(dataset);
  });

  it('should take the credentials of the tools of an agent app', () => {
    const { document: app } = parseDsl(
      'app: {name: x, mode: agent-chat}\nmodel_config: {agent_mode: {tools: [{tool_name: t, credential_id: canary}]}}\n',
    );

    expect(writeDsl(redactDsl(app!, { includeSecrets: true }))).not.toContain('canary');
  });
});

describe('dataset ids', () => {
  it('should be read by their own workspace alone', () => {
    const sealed = sealDatasetId(dataset, tenant);

    // AES-256-CBC with the SHA-256 of the workspace id as key and its first 16 bytes as IV (contract workflow-engine 1.4), by OpenSSL.
    expect(sealed).toBe('hyO/qjyBMWLY+UehzC/5YBn4FAFrFsTOtGGFzXosNdeszgM17SPkMfm8SBSRS5EM');
    expect(openDatasetId(sealed, tenant)).toBe(dataset);
    expect(openDatasetId(sealed, '00000000-0000-4000-8000-000000000000')).toBeNull();
    expect(openDatasetId('not base64 at all', tenant)).toBeNull();
    expect(openDatasetId(dataset, 'any')).toBe(dataset);
  });
});
