import type { Clock } from '#common';
import type { CodeSandbox } from '#engines/sandbox';
import { builtinProviders, BuiltinTools, WebPages, type Page, type PageRequest } from '#engines/tools';
import { builtinToolsPort, WorkflowTools, type ToolChoice, type WorkflowFiles, type WorkflowTool } from '#engines/workflow';
import type { OutboundHttp } from '#platform/http';
import { ScriptedError } from './cli-models.js';
import { fits, type ModelsFile } from './models-file.js';
import { says } from './scripted-agents.js';

const MOST_REDIRECTS = 10;

/** What built-in tools reach outside for. */
export interface CliToolsOptions {
  readonly script: ModelsFile['tools'];
  readonly clock: Clock;
  readonly sandbox: CodeSandbox;
  readonly files: WorkflowFiles;
  readonly http: OutboundHttp;
  readonly tenantId: string;
}

/** The tools of a run on the command line: a scripted answer where one fits, else the built-in tools; those of plugins, APIs and workflows have to be scripted. */
export class CliTools extends WorkflowTools {
  private readonly builtin: WorkflowTools;

  constructor(private readonly options: CliToolsOptions) {
    super();
    const { clock, sandbox, files, http, tenantId } = options;
    const ports = { clock, sandbox, web: new OutboundPages(http) };
    this.builtin = builtinToolsPort({ tools: new BuiltinTools(builtinProviders), ports, files, tenantId, others: new NoOtherTools() });
  }

  override async find(choice: ToolChoice): Promise<WorkflowTool> {
    const { providerId, providerName, toolName } = choice;
    const short = providerId.slice(providerId.lastIndexOf('/') + 1);
    const entry = this.options.script.find(({ provider, tool }) => fits(provider, providerId, providerName, short) && fits(tool, toolName));
    return entry === undefined ? this.builtin.find(choice) : { parameters: [], invoke: () => says(entry) };
  }
}

class NoOtherTools extends WorkflowTools {
  override async find({ providerId, toolName }: ToolChoice): Promise<WorkflowTool> {
    throw new ScriptedError(`The tool ${toolName} of ${providerId} is not here: script it under \`tools\` of the --models file.`);
  }
}

/** Pages of the web, by the guarded client under the policy for any URL. */
class OutboundPages extends WebPages {
  constructor(private readonly http: OutboundHttp) {
    super();
  }

  override async fetch({ url, userAgent, maxBytes, signal }: PageRequest): Promise<Page> {
    const headers: Record<string, string> = userAgent === null ? {} : { 'user-agent': userAgent };
    const answer = await this.http.request('public', { method: 'GET', url, headers, maxBytes, signal, redirects: MOST_REDIRECTS });
    const type = answer.headers['content-type'];
    return { status: answer.status, url: answer.url, contentType: [type].flat()[0] ?? '', body: await answer.bytes() };
  }
}
