// Listens for a scanner on the whole page, before anything else hears a key. What its keys wrote into the field on the way is taken back, and
// its Enter or Tab presses nothing: a card that was scanned into an amount is a card, not money. Fields for passwords keep what is typed
// into them unless it is a code of ours, which says itself what it is.

import { forgetHeldKeys, isPlayed } from './heldKeys.ts';
import { asAmerican, codesOf, createBurst, isNoAmount, isOurs, mayBeAmount, mayBeCode } from './scanBurst.ts';

/** So long a digit that chooses a row waits for the next key of a scanner. */
const CHOICE_WAITS_MS = 100;
/** A scanner that presses nothing behind a code is through when so long no key came. */
const SILENCE_MS = 200;
/** Another Enter or Tab behind a code, as some scanners send two, presses nothing either. */
const SECOND_END_MS = 150;
/** Nobody holds Control and presses another key so soon behind a digit. */
const CONTROL_MOST_MS = 60;
const MODIFIERS = new Set(['Shift', 'CapsLock', 'NumLock', 'Alt', 'Control', 'AltGraph']);
/** Some scanners are set to end a code with a key that writes nothing. */
const OTHER_END = /^(?:Arrow|Page|Home$|End$|Insert$|Escape$|F\d)/;
/** A day takes no code, and in a password nobody sees what was put there. */
const WORDS = new Set(['text', 'search', 'tel', 'email', 'url']);
/** Marks a field in which numbers are looked for: what no scan names is searched there as it stands. */
export const SEARCH_FIELD = 'data-search-field';

type Writable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Before {
  readonly focused: Element | null;
  readonly field: Writable | null;
  readonly value: string;
  readonly selection: readonly [number, number] | null;
  /** When the first key came. */
  readonly at: number;
}

export interface Scan {
  /** The likelier reading first. */
  readonly codes: readonly string[];
  /** Nobody typed this: it is told in words where it names nothing. */
  readonly isSure: boolean;
  /** Writes the code into the field after all, where that is one for words; null where none is. */
  readonly putIn: (() => void) | null;
  /** To be called once the codes name something, before it is opened: what stood in the field stands there again. */
  readonly putBack: () => void;
}

/** Answers whether the codes name something here; then it has been opened. */
export type OnScan = (scan: Scan) => Promise<boolean>;

let pending: { readonly timer: ReturnType<typeof setTimeout>; readonly run: () => void } | null = null;
let isInBurst = false;
let isListening = false;

function dropPending(): void {
  if (pending !== null) clearTimeout(pending.timer);
  pending = null;
}

function runPending(): void {
  const waiting = pending;
  dropPending();
  waiting?.run();
}

/** A single character that does something where nothing is typed: it may be the first of a code. */
export function unlessScanned(run: () => void): void {
  if (isInBurst) return;
  if (!isListening) {
    run();
    return;
  }
  runPending();
  pending = { run, timer: setTimeout(runPending, CHOICE_WAITS_MS) };
}

function writableAt(element: Element | null): Writable | null {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return element;
  return element instanceof HTMLInputElement && element.type !== 'checkbox' && element.type !== 'radio' ? element : null;
}

/** Sums, and the pieces that a sum is counted by. */
function isForMoney(field: Writable | null): boolean {
  return field instanceof HTMLInputElement && (field.inputMode === 'decimal' || field.inputMode === 'numeric');
}

function remember(at: number): Before {
  const field = writableAt(document.activeElement);
  const selection =
    field === null || field instanceof HTMLSelectElement || field.selectionStart === null
      ? null
      : ([field.selectionStart, field.selectionEnd ?? field.selectionStart] as const);
  return { focused: document.activeElement, field, value: field?.value ?? '', selection, at };
}

/** As it stood before the first key; whoever follows the field hears of it as of any typing. */
function putBack({ field, value, selection, at }: Omit<Before, 'focused'>): void {
  forgetHeldKeys(at);
  // A day that is half written has no value yet, and shows its digits all the same.
  const isHalf = field instanceof HTMLInputElement && field.validity.badInput;
  if (field === null || (field.value === value && !isHalf)) return;
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
  if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event('change', { bubbles: true }));
  else if (selection !== null && document.activeElement === field) field.setSelectionRange(selection[0], selection[1]);
}

function writeInto(field: Writable | null, code: string): (() => void) | null {
  const isForWords =
    field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && WORDS.has(field.type) && !isForMoney(field));
  if (!isForWords) return null;
  return () => {
    field.focus();
    putBack({ field, value: field.value + code, selection: null, at: Infinity });
  };
}

/** `isOpen`: somebody is signed in; before the door only codes of ours are taken for what they are. Answers the function that ends the listening. */
export function listenForScans(onScan: OnScan, isOpen: () => boolean): () => void {
  const burst = createBurst();
  let before = remember(0);
  let isReplaying = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  /** The moment of the last key that is a part of a code, and whether the character that it writes is counted already. */
  let lastAt = 0;
  let isCounted = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  /** `end`: the Enter or Tab behind it; null where a pause ended it. */
  function ended(end: KeyboardEvent | null): void {
    clearTimeout(silence);
    const found = burst.end(end?.timeStamp ?? lastAt);
    isInBurst = false;
    const codes = found === null ? [] : codesOf(found).filter(mayBeCode);
    const { field } = before;
    // A slow scanner, or a person with a card in hand: where sums are typed, and of codes of ours, what cannot be meant as a sum is none.
    const isNone =
      codes.length === 0 || (found?.isMachine === false && !codes.some(isOurs) && !(isForMoney(field) && codes.every(isNoAmount)));
    // Words that somebody typed fast have no end; what stands in their field is theirs.
    const isUnended = end === null && (found?.isMachine === false || !(field === null || isForMoney(field) || codes.some(isOurs)));
    if (isNone || isUnended) {
      runPending();
      return;
    }
    const isSecret = !isOpen() || (field instanceof HTMLInputElement && field.type === 'password');
    if (isSecret && !codes.some(isOurs)) return;
    dropPending();
    const isSearch = field?.hasAttribute(SEARCH_FIELD) ?? false;
    const isSure = !isSearch && (codes.some(isOurs) || field === null || !codes.every(mayBeAmount));
    const asItWas = before;
    if (end !== null && (isSure || end.key === 'Enter')) {
      end.preventDefault();
      end.stopImmediatePropagation();
    }
    if (isSure) {
      putBack(asItWas);
      endedAt = end?.timeStamp ?? lastAt;
    }
    const target = end?.target;
    void onScan({ codes, isSure, putIn: writeInto(field, codes[0] ?? ''), putBack: () => putBack(asItWas) }).then((isKnown) => {
      if (!isKnown && !isSure && end?.key === 'Enter' && target instanceof Element && target.isConnected) {
        isReplaying = true;
        target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: end.code, bubbles: true, cancelable: true }));
        isReplaying = false;
      }
    });
  }

  function pressed(typed: string, meant: string, at: number): void {
    const how = burst.press(typed, meant, at);
    // What ends a next code is not behind the last one, however soon it comes.
    endedAt = Number.NEGATIVE_INFINITY;
    if (how === 'first' || document.activeElement !== before.focused) before = remember(at);
    lastAt = at;
    isInBurst = how === 'atOnce';
    clearTimeout(silence);
    if (!isInBurst) return;
    dropPending();
    silence = setTimeout(() => ended(null), SILENCE_MS);
  }

  function onKeyDown(event: KeyboardEvent): void {
    isCounted = false;
    if (isReplaying || isPlayed(event) || event.isComposing || MODIFIERS.has(event.key)) return;
    // A scanner that knows no layout presses the numbers of its characters; each is heard when it is written.
    if (event.altKey && event.code.startsWith('Numpad')) return;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const isEnd = isPlain && !event.shiftKey && !event.repeat && (event.key === 'Enter' || event.key === 'Tab');
    const isInside = isInBurst && event.timeStamp - lastAt <= CONTROL_MOST_MS;
    if (event.ctrlKey && !event.altKey && isInside && event.key.length === 1) {
      // A sign that writes nothing, in a code or at its end: scanners press it with Control.
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (isPlain && !event.repeat && event.key.length === 1) {
      isCounted = true;
      pressed(event.key, asAmerican(event), event.timeStamp);
    } else if (isEnd && event.timeStamp - endedAt <= SECOND_END_MS) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (isEnd || (isInside && isPlain && OTHER_END.test(event.key))) {
      ended(event);
    } else {
      clearTimeout(silence);
      burst.reset();
      isInBurst = false;
      runPending();
    }
  }

  function onBeforeInput(event: InputEvent): void {
    const text = event.data ?? '';
    if (text.length === 1 && event.inputType === 'insertText' && !isCounted) pressed(text, text, event.timeStamp);
    if (text.length < 2 || (event.inputType !== 'insertText' && event.inputType !== 'insertFromPaste')) return;
    endedAt = Number.NEGATIVE_INFINITY;
    before = remember(event.timeStamp);
    burst.insert(text, event.timeStamp);
  }

  isListening = true;
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('beforeinput', onBeforeInput, true);
  return () => {
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('beforeinput', onBeforeInput, true);
    isListening = false;
    clearTimeout(silence);
    dropPending();
  };
}
