// Reads the JSON of a command as strictly as head office does: unknown members are refused, dates are strings
// with dateFormat and locale beside them, amounts become minor units. All faults are gathered before one refusal.
import { jsonAmount, minorOfText } from './amounts.ts';
import { parseDate } from './dates.ts';
import { integrityIssue, invalidJson, malformedJson, type ParameterError, unsupportedParameters, validationErrors } from './errors.ts';

export type JsonObject = Record<string, unknown>;

/** The body of a command as its first reader takes it: empty is malformed, and only an object is a command. */
export function parseCommand(call: { method: string; body: string | null; contentType: string }): void {
  if (call.method === 'DELETE' || !call.contentType.startsWith('application/json')) return;
  if (call.body === null || call.body.trim() === '') throw malformedJson();
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    throw malformedJson();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidJson();
}

export function parseObject(body: string | null): JsonObject {
  if (body === null || body.trim() === '') return {};
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    throw malformedJson();
  }
  throw malformedJson();
}

export interface CommandBody {
  date(name: string): string | undefined;
  optionalDate(name: string): string | undefined;
  /** Minor units, above zero. */
  amount(name: string): number | undefined;
  /** Minor units, zero allowed; null when absent. */
  amountOrZero(name: string): number | undefined;
  optionalAmount(name: string): number | undefined;
  text(name: string, most: number): string | undefined;
  optionalText(name: string, most: number): string | undefined;
  integer(name: string): number | undefined;
  optionalInteger(name: string): number | undefined;
  decimalText(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  raw(name: string): unknown;
  has(name: string): boolean;
  /** Ids, which head office reads without asking for a locale. */
  identifier(name: string): number | undefined;
  optionalIdentifier(name: string): number | undefined;
  reject(parameter: string, suffix: string, message: string, args?: readonly unknown[]): void;
  rejectCode(code: string, message: string, parameter: string, args?: readonly unknown[], value?: unknown): void;
  /** Throws everything gathered so far. */
  check(): void;
}

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Language, or language and country: one that nobody speaks is refused, and so is anything longer. */
function isLanguage(locale: string): boolean {
  const [language = '', ...rest] = locale.split(/[_-]/);
  if (rest.length > 2 || !/^[A-Za-z]{2,3}$/.test(language)) return false;
  return LANGUAGES.of(language.toLowerCase()) !== undefined;
}

function unknownLanguage(locale: string): Error {
  const told = locale.split(/[_-]/).length > 2 ? '' : locale;
  const message = `The parameter \`locale\` has an invalid language value ${told} .`;
  return validationErrors([{ code: 'validation.msg.invalid.locale.format', message, parameter: 'locale', args: [told] }]);
}

export function readBody(json: JsonObject, resource: string, supported: readonly string[]): CommandBody {
  const unknown = Object.keys(json).filter((name) => name !== 'locale' && name !== 'dateFormat' && !supported.includes(name));
  if (unknown.length > 0) throw unsupportedParameters(unknown);
  const errors: ParameterError[] = [];
  const locale = typeof json['locale'] === 'string' && json['locale'] !== '' ? json['locale'] : null;
  const dateFormat = typeof json['dateFormat'] === 'string' && json['dateFormat'] !== '' ? json['dateFormat'] : null;

  const reject = (parameter: string, suffix: string, message: string, args: readonly unknown[] = [null]): void => {
    errors.push({ code: `validation.msg.${resource}.${parameter}.${suffix}`, message, parameter, args });
  };
  const rejectCode = (code: string, message: string, parameter: string, args: readonly unknown[] = [], value?: unknown): void => {
    if (!errors.some((error) => error.code === code && error.parameter === parameter))
      errors.push({ code, message, parameter, args, value });
  };
  const present = (name: string): boolean => json[name] !== undefined && json[name] !== null && json[name] !== '';
  /** What is missing to read a value stops the reading at once: head office never tells of other faults beside it. */
  const need = (name: string, ...wanted: ('dateFormat' | 'locale')[]): void => {
    if (locale !== null && !isLanguage(locale)) throw unknownLanguage(locale);
    const missing = wanted.filter((each) => (each === 'locale' ? locale : dateFormat) === null);
    if (missing.length === 0) return;
    throw validationErrors(
      missing.map((each) => ({
        code: `validation.msg.missing.${each}.parameter`,
        message: `The parameter \`${name}\` requires a \`${each}\` parameter to be passed with it.`,
        parameter: name,
      })),
    );
  };
  const blank = (name: string): void => {
    reject(name, 'cannot.be.blank', `The parameter \`${name}\` is mandatory.`);
  };

  const optionalDate = (name: string): string | undefined => {
    const value = json[name];
    if (typeof value !== 'string' || value === '') return undefined;
    need(name, 'dateFormat', 'locale');
    const date = parseDate(value, dateFormat ?? '');
    if (date === null) {
      rejectCode(
        'validation.msg.invalid.dateFormat.format',
        `The parameter \`${name}\` is invalid based on the dateFormat: \`${dateFormat ?? ''}\` and locale: \`${locale ?? ''}\` provided:`,
        name,
        [null, dateFormat],
      );
      return undefined;
    }
    return date;
  };
  const decimalText = (name: string): string | undefined => {
    const value = json[name];
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string' || value.trim() === '') return undefined;
    need(name, 'locale');
    const text = locale?.startsWith('de') === true ? value.replaceAll('.', '').replace(',', '.') : value.replaceAll(',', '');
    if (/^[+-]?\d+(\.\d*)?$/.test(text.trim())) return text.trim();
    rejectCode(
      'validation.msg.invalid.decimal.format',
      `The parameter \`${name}\` has value: ${value} which is invalid decimal value for provided locale of ${locale ?? ''}.`,
      name,
      [value, locale],
      value,
    );
    return undefined;
  };
  const optionalAmount = (name: string): number | undefined => {
    const text = decimalText(name);
    if (text === undefined) return undefined;
    const minor = minorOfText(text);
    if (minor === null && /^[+-]?\d{14,}(\.\d*)?$/.test(text))
      throw integrityIssue('error.msg.data.integrity.issue', "Out of range value for column 'amount' at row 1", null);
    if (minor === null) {
      rejectCode('validation.msg.invalid.decimal.format', `The parameter ${name} is invalid.`, name);
      return undefined;
    }
    return minor;
  };
  const optionalText = (name: string, most: number): string | undefined => {
    const value = json[name];
    if (value === undefined || value === null) return undefined;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text.trim() === '') return undefined;
    if (text.length > most) {
      reject(name, 'exceeds.max.length', `The parameter \`${name}\` exceeds max length of ${String(most)}.`, [most, text]);
      return undefined;
    }
    return text;
  };
  const optionalInteger = (name: string): number | undefined => {
    const value = json[name];
    if (value === undefined || value === null || value === '') return undefined;
    need(name, 'locale');
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (!/^-?\d{1,15}$/.test(text)) {
      rejectCode(
        'validation.msg.invalid.integer.format',
        `The parameter \`${name}\` has value: ${text} which is invalid integer value for provided locale of ${locale ?? ''}.`,
        name,
        [text, locale],
        text,
      );
      return undefined;
    }
    return Number(text);
  };
  const optionalIdentifier = (name: string): number | undefined => {
    const value = json[name];
    if (value === undefined || value === null || value === '') return undefined;
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    rejectCode(
      'validation.msg.invalid.integer.format',
      `The parameter \`${name}\` has value: ${text} which is invalid integer value.`,
      name,
      [text],
      text,
    );
    return undefined;
  };
  const required = <Value>(read: (name: string) => Value | undefined, name: string): Value | undefined => {
    const before = errors.length;
    const value = read(name);
    if (value === undefined && errors.length === before) blank(name);
    return value;
  };

  return {
    date: (name) => required(optionalDate, name),
    optionalDate,
    amount(name) {
      const minor = required(optionalAmount, name);
      if (minor !== undefined && minor <= 0) {
        reject(name, 'not.greater.than.zero', `The parameter \`${name}\` must be greater than 0.`, [jsonAmount(minor), 0]);
        return undefined;
      }
      return minor;
    },
    amountOrZero(name) {
      const minor = required(optionalAmount, name);
      if (minor !== undefined && minor < 0) {
        reject(name, 'not.zero.or.greater', `The parameter \`${name}\` must be greater than or equal to 0.`, [jsonAmount(minor), 0]);
        return undefined;
      }
      return minor;
    },
    optionalAmount,
    text: (name, most) => required((each) => optionalText(each, most), name),
    optionalText,
    integer: (name) => required(optionalInteger, name),
    optionalInteger,
    identifier: (name) => required(optionalIdentifier, name),
    optionalIdentifier,
    decimalText,
    flag(name) {
      const value = json[name];
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      reject(name, 'must.be.true.or.false', `The parameter \`${name}\` must be set as true or false.`);
      return undefined;
    },
    raw: (name) => json[name],
    has: present,
    reject,
    rejectCode,
    check() {
      if (errors.length > 0) throw validationErrors(errors);
    },
  };
}

/** After check() a required value is there; this says so to the compiler and fails loudly if it is not. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a required value was read before the body was checked');
  return value;
}
