import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph } from '../../testing/workflow.harness.js';

describe('trigger-plugin', () => {
  it("should put out the event's variables, and say whose event it was", async () => {
    const trigger = {
      type: 'trigger-plugin',
      plugin_id: 'langgenius/github_trigger',
      provider_id: 'langgenius/github_trigger/github_trigger',
      event_name: 'issue_opened',
      subscription_id: 's1',
      plugin_unique_identifier: 'langgenius/github_trigger:1.0.0@abc',
      event_parameters: { label: { type: 'constant', value: 'bug' } },
    };
    const graph = graphOf({ on: trigger, end: { type: 'end', outputs: [{ variable: 'title', value_selector: ['on', 'title'] }] } }, [
      'on -> end',
    ]);
    const told = await runGraph(graph, { inputs: { title: 'It breaks', number: 7 }, run: { system: { user_id: 'u' } } });
    const finished = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'on');
    expect(finished).toMatchObject({
      inputs: { title: 'It breaks', number: 7, 'sys.user_id': 'u' },
      outputs: { title: 'It breaks', number: 7, 'sys.user_id': 'u' },
      metadata: {
        trigger_info: {
          provider_id: 'langgenius/github_trigger/github_trigger',
          event_name: 'issue_opened',
          plugin_unique_identifier: 'langgenius/github_trigger:1.0.0@abc',
        },
      },
    });
    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { title: 'It breaks' } });
  });
});
