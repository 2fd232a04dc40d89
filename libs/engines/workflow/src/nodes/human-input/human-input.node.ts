import { readsOf } from '../../models/text-template.js';
import type { StoredForm } from '../../ports/human-forms.port.js';
import { requiredPort } from '../../ports/required-port.js';
import type { Selector } from '../../pool/selector.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { failed, type NodePaused, type NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { filledContent } from './filled-content.js';
import { formDefinition } from './form-definition.js';
import { readHumanInputSettings, TIMEOUT_HANDLE, type HumanInputSettings } from './human-input-settings.js';

/** Waits for a person (contract workflow-engine 7.24, 12). */
export const humanInputNode: NodeType = {
  type: 'human-input',
  version: '1',
  execution: 'branch',
  compile: (data) => {
    const settings = readHumanInputSettings(data);
    return {
      reads: reads(settings),
      // A form is there once, however often the node looks; mail is not, and is asked for below.
      repeatable: isRepeatable(data, true),
      handles: [...settings.actions.map(({ id }) => id), TIMEOUT_HANDLE],
      run: (context) => run(settings, context),
    };
  },
};

function reads({ content, deliveries, inputs }: HumanInputSettings): Record<string, Selector> {
  const mails = deliveries.flatMap((delivery) => (delivery.type === 'email' ? [delivery.subject, delivery.body] : []));
  const defaults = inputs.flatMap(({ output_variable_name: name, default: initial }) =>
    initial?.type === 'variable' ? [[name, initial.selector] as const] : [],
  );
  return { ...readsOf(content, ...mails), ...Object.fromEntries(defaults) };
}

async function run(settings: HumanInputSettings, context: NodeContext): Promise<NodeResult> {
  const form = await formOf(settings, context);
  const { nodeId, title } = context;
  const { state, definition } = form;
  switch (state.status) {
    case 'waiting':
      return waitFor(form, context);
    case 'submitted': {
      const rendered = filledContent(definition.content, state.data);
      const action = definition.actions.find(({ id }) => id === state.actionId);
      context.emit({
        type: 'form_filled',
        form: {
          node_id: nodeId,
          node_title: title,
          rendered_content: rendered,
          action_id: state.actionId,
          action_text: action?.title ?? '',
        },
      });
      const outputs = { ...state.data, __action_id: state.actionId, __rendered_content: rendered };
      return { status: 'succeeded', outputs, handle: state.actionId };
    }
    case 'timeout':
      context.emit({
        type: 'form_timeout',
        form: { node_id: nodeId, node_title: title, expiration_time: seconds(definition.expiresAt) },
      });
      return { status: 'succeeded', outputs: { __action_id: '' }, handle: TIMEOUT_HANDLE };
    case 'expired':
      return failed(`Human input global timeout at node ${nodeId}`, 'HumanInputTimeoutError');
  }
}

/** The form of this execution, which may have been there before. */
async function formOf(settings: HumanInputSettings, context: NodeContext): Promise<StoredForm> {
  const forms = requiredPort(context.ports, 'forms');
  const place = { runId: context.facts.runId, nodeId: context.nodeId, executionId: context.executionId };
  const known = await forms.find(place);
  if (known !== null) return known;
  const definition = formDefinition(settings, context);
  if (definition.deliveries.some(({ type }) => type === 'email')) await context.beforeEffect();
  return forms.create(place, definition);
}

function waitFor({ id, token, definition }: StoredForm, context: NodeContext): NodePaused {
  const { content, inputs, actions, resolvedDefaults, displayInUi, expiresAt } = definition;
  const form = {
    form_id: id,
    node_id: context.nodeId,
    node_title: context.title,
    form_content: content,
    inputs,
    actions,
    display_in_ui: displayInUi,
    form_token: token,
    resolved_default_values: resolvedDefaults,
  };
  context.emit({ type: 'form_required', form: { ...form, expiration_time: seconds(expiresAt) } });
  const { node_id: nodeId, node_title: nodeTitle, form_id: formId, ...rest } = form;
  return { status: 'paused', reason: { type: 'human_input_required', nodeId, nodeTitle, formId, ...rest } };
}

function seconds(moment: number): number {
  return Math.floor(moment / 1000);
}
