// Keys that are pressed before a form is whole. A quick hand is ahead of a slow PC: what it presses between the key that opens a form and the
// moment the form has its draft, its account and its sums is kept here, and played in the same order once the form stands. Nothing is played
// past the key that confirms: what is read aloud must have been seen.

import { nextTick } from 'vue';

interface Kept {
  readonly press: KeyboardEventInit & { readonly key: string };
  readonly at: number;
  readonly confirms: boolean;
}

let holds = 0;
let kept: Kept[] = [];
let isPlaying = false;
const played = new WeakSet<Event>();
const EDITING = new Set(['Backspace', 'Delete', 'Enter', 'Tab']);

/** An event that this page made of a key that was kept: it was heard once already, when it was pressed. */
export function isPlayed(event: Event): boolean {
  return played.has(event);
}

/** Keeps what is pressed from now on; the function that is answered ends it, and plays what was kept where nothing else is waited for. */
export function holdKeys(): () => void {
  holds += 1;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    holds -= 1;
    void play();
  };
}

/** What was pressed is meant for nobody any more: the form was left, or the desk locked. */
export function forgetHeldKeys(since = 0): void {
  kept = kept.filter(({ at }) => at < since);
}

/** Something waits that changes a field, so that no draft may take its place. */
export function isTypingHeld(): boolean {
  return kept.some(({ press }) => press.altKey === true || press.key === 'Backspace' || (press.key.length === 1 && press.ctrlKey !== true));
}

/** Answers whether this press waits. `isCommand`: it is one of the key table. */
export function holdBack(event: KeyboardEvent, isCommand: boolean, confirms: boolean): boolean {
  if ((holds === 0 && !isPlaying) || played.has(event)) return false;
  const isText = event.key.length === 1 && event.ctrlKey === event.altKey && !event.metaKey;
  if (!isCommand && !isText && !EDITING.has(event.key)) return false;
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
  // A command that a finger rests on is one press, as it is for a form that stands.
  if (!(event.repeat && isCommand && !isText))
    kept.push({ press: { key, code, ctrlKey, altKey, shiftKey, metaKey }, at: event.timeStamp, confirms });
  event.preventDefault();
  event.stopPropagation();
  return true;
}

async function play(): Promise<void> {
  if (isPlaying) return;
  isPlaying = true;
  while (holds === 0) {
    const next = kept.shift();
    if (next === undefined) break;
    playOne(next.press);
    if (next.confirms) kept = [];
    // The page takes each before it hears the next.
    await nextTick();
    await nextTick();
  }
  isPlaying = false;
}

function playOne(press: Kept['press']): void {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true });
  played.add(event);
  if (!target.dispatchEvent(event)) return;
  if (press.key === 'Tab') moveFrom(target, press.shiftKey === true);
  else if (press.key === 'Enter' && target instanceof HTMLButtonElement) target.click();
  else if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) write(target, press.key);
}

function write(field: HTMLInputElement | HTMLTextAreaElement, key: string): void {
  let start = field.selectionStart ?? field.value.length;
  let end = field.selectionEnd ?? start;
  const text = key.length === 1 ? key : '';
  if (text === '' && key !== 'Backspace' && key !== 'Delete') return;
  if (text === '' && start === end) {
    if (key === 'Backspace') start = Math.max(0, start - 1);
    else end = Math.min(field.value.length, end + 1);
  }
  if (field.maxLength >= 0 && field.value.length - (end - start) + text.length > field.maxLength) return;
  field.setRangeText(text, start, end, 'end');
  const inputType = text !== '' ? 'insertText' : key === 'Backspace' ? 'deleteContentBackward' : 'deleteContentForward';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text === '' ? null : text, inputType }));
}

function moveFrom(target: Element, isBack: boolean): void {
  const places = [
    ...document.querySelectorAll<HTMLElement>('input:not([type=radio]), textarea, select, button:not([disabled]), a[href]'),
  ].filter((each) => each.tabIndex >= 0);
  const next = places[places.indexOf(target as HTMLElement) + (isBack ? -1 : 1)];
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}
