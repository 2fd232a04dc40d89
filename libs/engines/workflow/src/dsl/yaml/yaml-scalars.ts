import { PyFloat, type PythonJson } from '#common';

/**
 * What words without quotes mean in the files of Dify, which are read and written by PyYAML: YAML 1.1, where `yes` is true and `012` is ten, but `1e3`
 * and `y` are texts.
 */
const BOOLEAN = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const TRUE = /^(?:yes|true|on)$/i;
const NULL = /^(?:~|null|Null|NULL)?$/;
const INTEGER = /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Dates stay texts here (JSON has none); a text that looks like one is written in quotes. */
const DATE = /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
const BASE_SIXTY = 60;
/** Digits of the longest number; Python refuses longer ones, and reading them takes a time that grows with the square. */
const LONGEST_NUMBER = 4300;

/** The value of a word without quotes that is not a text; undefined when it is one. A number that is too long is a text. */
export function plainScalar(text: string): Exclude<PythonJson, string> | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return TRUE.test(text);
  if (INTEGER.test(text)) return integer(text.replaceAll('_', ''));
  if (FLOAT.test(text)) return PyFloat.of(float(text.replaceAll('_', '').toLowerCase()));
  return undefined;
}

/** Whether a text without quotes would be read as that same text, by us and by PyYAML. */
export function isPlainText(text: string): boolean {
  return text !== '<<' && text !== '=' && ![NULL, BOOLEAN, INTEGER, FLOAT, DATE].some((pattern) => pattern.test(text));
}

function integer(text: string): number | bigint {
  const isNegative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  const size = magnitude(digits);
  const value = isNegative ? -size : size;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function magnitude(digits: string): bigint {
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * BigInt(BASE_SIXTY) + BigInt(part), 0n);
  if (/^0[bx]/.test(digits)) return digits.length === 2 ? 0n : BigInt(digits);
  return digits.startsWith('0') ? BigInt(`0o${digits}`) : BigInt(digits);
}

function float(text: string): number {
  const isNegative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  const size = sizeOf(digits);
  return isNegative ? -size : size;
}

function sizeOf(digits: string): number {
  if (digits === '.inf') return Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return digits.split(':').reduce((sum, part) => sum * BASE_SIXTY + Number(part), 0);
}
