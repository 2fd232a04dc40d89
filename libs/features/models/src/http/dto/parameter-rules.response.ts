import type { ParameterRule, ParameterType } from '#engines/model-runtime';
import { I18nResponse } from './i18n.response.js';

/** A parameter that a model takes. */
export class ParameterRuleResponse {
  /** Key in `completion_params`. @example temperature */
  name: string;
  /** Well-known parameter it follows. @example temperature */
  use_template: string | null;
  label: I18nResponse;
  /** @example float */
  type: ParameterType;
  help: I18nResponse | null;
  required: boolean;
  /** Value used when it is left out. @example 0.7 */
  default: number | string | boolean | null;
  /** @example 0 */
  min: number | null;
  /** @example 2 */
  max: number | null;
  /** Digits after the point. @example 2 */
  precision: number | null;
  /** Allowed values; empty: any. @example [] */
  options: string[];

  static from(rule: ParameterRule): ParameterRuleResponse {
    return Object.assign(new ParameterRuleResponse(), {
      name: rule.name,
      use_template: rule.useTemplate,
      label: I18nResponse.from(rule.label),
      type: rule.type,
      help: I18nResponse.orNull(rule.help),
      required: rule.required,
      default: rule.default,
      min: rule.min,
      max: rule.max,
      precision: rule.precision,
      options: rule.options,
    });
  }
}

/** The parameters of a model. */
export class ParameterRulesResponse {
  data: ParameterRuleResponse[];

  static from(rules: readonly ParameterRule[]): ParameterRulesResponse {
    return Object.assign(new ParameterRulesResponse(), { data: rules.map((rule) => ParameterRuleResponse.from(rule)) });
  }
}
