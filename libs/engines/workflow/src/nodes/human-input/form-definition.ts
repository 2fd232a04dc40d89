import { fillText } from '../../models/text-template.js';
import type { FormDefinition, FormDelivery } from '../../ports/human-forms.port.js';
import { plainValue } from '../../values/plain-value.js';
import type { NodeContext } from '../node-type.js';
import type { DeliveryTemplate, HumanInputSettings } from './human-input-settings.js';

/** The form of this run: references resolved, the time counted from now. */
export function formDefinition(settings: HumanInputSettings, context: NodeContext): FormDefinition {
  const { facts, ports, secrets, title } = context;
  return secrets.display({
    nodeTitle: title,
    content: fillText(settings.content, context),
    inputs: settings.inputs,
    actions: settings.actions,
    resolvedDefaults: resolvedDefaults(settings, context),
    displayInUi: facts.invokeFrom === 'debugger' || settings.deliveries.some(({ type }) => type === 'webapp'),
    deliveries: settings.deliveries.map((delivery) => filledDelivery(delivery, context)),
    expiresAt: ports.clock.now() + settings.timeout,
  });
}

function resolvedDefaults({ inputs }: HumanInputSettings, { pool }: NodeContext): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const { output_variable_name: name, default: initial } of inputs) {
    const segment = initial?.type === 'variable' ? pool.get(initial.selector) : undefined;
    if (segment !== undefined) defaults[name] = plainValue(segment.value);
  }
  return defaults;
}

function filledDelivery(delivery: DeliveryTemplate, context: NodeContext): FormDelivery {
  if (delivery.type === 'webapp') return delivery;
  return { ...delivery, subject: fillText(delivery.subject, context), body: fillText(delivery.body, context) };
}
