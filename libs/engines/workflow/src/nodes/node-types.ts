import { agentNode } from './agent/agent.node.js';
import { answerNode } from './answer/answer.node.js';
import { assignerV1Node } from './assigner/assigner-v1.node.js';
import { assignerV2Node } from './assigner/assigner-v2.node.js';
import { codeNode } from './code/code.node.js';
import { iterationStartNode, loopEndNode, loopStartNode } from './container-parts/container-parts.node.js';
import { documentExtractorNode } from './document-extractor/document-extractor.node.js';
import { datasourceNode } from './datasource/datasource.node.js';
import { endNode } from './end/end.node.js';
import { httpRequestNode } from './http-request/http-request.node.js';
import { humanInputNode } from './human-input/human-input.node.js';
import { ifElseNode } from './if-else/if-else.node.js';
import { iterationNode } from './iteration/iteration.node.js';
import { knowledgeIndexNode } from './knowledge-index/knowledge-index.node.js';
import { knowledgeRetrievalNode } from './knowledge-retrieval/knowledge-retrieval.node.js';
import { listOperatorNode } from './list-operator/list-operator.node.js';
import { llmNode } from './llm/llm.node.js';
import { loopNode } from './loop/loop.node.js';
import type { NodeType } from './node-type.js';
import { parameterExtractorNode } from './parameter-extractor/parameter-extractor.node.js';
import { questionClassifierNode } from './question-classifier/question-classifier.node.js';
import { startNode } from './start/start.node.js';
import { templateTransformNode } from './template-transform/template-transform.node.js';
import { toolNode } from './tool/tool.node.js';
import { triggerPluginNode } from './trigger-plugin/trigger-plugin.node.js';
import { triggerScheduleNode } from './trigger-schedule/trigger-schedule.node.js';
import { triggerWebhookNode } from './trigger-webhook/trigger-webhook.node.js';
import { variableAggregatorNode } from './variable-aggregator/variable-aggregator.node.js';

/** Every kind of node there is. A new one is a folder beside these and a line here. */
export const nodeTypes: readonly NodeType[] = [
  startNode,
  triggerWebhookNode,
  triggerScheduleNode,
  triggerPluginNode,
  datasourceNode,
  endNode,
  answerNode,
  codeNode,
  templateTransformNode,
  httpRequestNode,
  documentExtractorNode,
  ifElseNode,
  listOperatorNode,
  variableAggregatorNode,
  assignerV1Node,
  assignerV2Node,
  llmNode,
  questionClassifierNode,
  parameterExtractorNode,
  knowledgeRetrievalNode,
  knowledgeIndexNode,
  toolNode,
  humanInputNode,
  agentNode,
  iterationStartNode,
  iterationNode,
  loopStartNode,
  loopEndNode,
  loopNode,
];
