import { CHINESE_RULES, COMMON_RULES } from './rule-sets.js';
import type { PromptRules } from './rule-sets.js';

/** What the console asks for when a user changes to expert mode. */
export interface DefaultTemplateQuery {
  /** `chat` or `completion`; anything else gets no template. */
  appMode: string;
  modelMode: string;
  hasContext: boolean;
  modelName: string;
}

/** The body of `GET /app/prompt-templates` (contract console-apps-workflows 11). */
export type DefaultTemplate =
  | { chat_prompt_config: { prompt: { role: 'system' | 'user'; text: string }[] } }
  | {
      completion_prompt_config: {
        prompt: { text: string };
        conversation_histories_role?: { user_prefix: string; assistant_prefix: string };
      };
      stop: string[];
    }
  | Record<string, never>;

const PRE_PROMPT = '{{#pre_prompt#}}';

/** The expert prompt an app starts from. Models named after Baichuan get the Chinese parts. */
export function defaultPromptTemplate(query: DefaultTemplateQuery): DefaultTemplate {
  const rules = query.modelName.toLowerCase().includes('baichuan') ? CHINESE_RULES : COMMON_RULES;
  const context = query.hasContext ? rules.contextBlock : '';
  if (query.appMode !== 'chat' && query.appMode !== 'completion') return {};
  if (query.modelMode === 'chat') {
    const role = query.appMode === 'chat' ? 'system' : 'user';
    return { chat_prompt_config: { prompt: [{ role, text: context + PRE_PROMPT }] } };
  }
  if (query.modelMode !== 'completion') return {};
  return query.appMode === 'chat' ? chatText(context, rules) : completionText(context, rules);
}

function chatText(context: string, rules: PromptRules): DefaultTemplate {
  return {
    completion_prompt_config: {
      prompt: { text: `${context}${PRE_PROMPT}\n\n${rules.historiesBlock}${rules.chatQuery}` },
      conversation_histories_role: { user_prefix: rules.humanPrefix, assistant_prefix: rules.assistantPrefix },
    },
    stop: [...rules.templateStops],
  };
}

function completionText(context: string, rules: PromptRules): DefaultTemplate {
  return { completion_prompt_config: { prompt: { text: context + PRE_PROMPT } }, stop: [...rules.templateStops] };
}
