import type { ParameterRule, ParameterType } from '#engines/model-runtime';
import { I18nResponse } from './i18n.response.js';

/** A parameter that a model takes. */
export class ParameterRuleResponse {
  /** Key in `completion_params`. @example temperature */
  name: string;
  /** Well-known parameter it follows. @example temperature */
  use_template: string | null;
  /** Name for people. */
  label: I18nResponse;
  /** Type of its value. @example float */
  type: ParameterType;
  /** What it does. */
  help: I18nResponse | null;
  /** Whether it must be given. */
  required: boolean;
  /** Value used when it is left out. @example 0.7 */
  default: number | string | boolean | null;
  /** Smallest value; null is no bound. @example 0 */
  min: number | null;
  /** Largest value; null is no bound. @example 2 */
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
  /** The parameters. */
  data: ParameterRuleResponse[];

  static from(rules: readonly ParameterRule[]): ParameterRulesResponse {
    return Object.assign(new ParameterRulesResponse(), { data: rules.map((rule) => ParameterRuleResponse.from(rule)) });
  }
}
