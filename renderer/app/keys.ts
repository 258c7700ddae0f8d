// The one table of keys, and what listens to it. The keycaps on the buttons are printed from the same rows that handle the presses, so what
// is shown and what works cannot differ. The newest listener of a deed wins; while a dialog is open, nothing beneath it hears anything.

import type { Permission } from '../../shared/domain/access/permissions.ts';
import { onScopeDispose, watch } from 'vue';
import { forgetHeldKeys, holdBack, holdKeys } from './heldKeys.ts';
import { unlessScanned } from './scanner.ts';

/** Each deed with its keys; the first is the one printed on the keycap. Letters and digits are those of the person's own layout. */
export const KEY_TABLE = {
  help: ['F1'],
  find: ['F2'],
  repayment: ['F3'],
  deposit: ['F4'],
  refreshClient: ['F5'],
  withdrawal: ['F6'],
  basket: ['F7'],
  basketPaid: ['F8'],
  printCopy: ['F9'],
  confirm: ['Ctrl+Enter', 'F10'],
  fullScreen: ['F11'],
  drawer: ['F12'],
  back: ['Esc'],
  palette: ['Ctrl+K'],
  lock: ['Ctrl+L'],
  nextClient: ['Enter'],
  openMarked: ['Enter'],
  signIn: ['Enter'],
  sameClient: ['Alt+A'],
  openPractice: ['Alt+P'],
  connectHeadOffice: ['Alt+H'],
  toggleOffline: ['Alt+O'],
  syncNow: ['Alt+S'],
  compareNow: ['Alt+B'],
  closeDay: ['Alt+D'],
  showX: ['Alt+X'],
  receipts: ['Alt+R'],
  continueKept: ['Alt+K'],
  tellNotes: ['Alt+M'],
  goCounter: ['Alt+C'],
  registerClient: ['Alt+N'],
  goDecide: ['Alt+E'],
  turnDown: ['Alt+T'],
  openRecord: ['Alt+G'],
  choice1: ['Alt+1', '1'],
  choice2: ['Alt+2', '2'],
  choice3: ['Alt+3', '3'],
  choice4: ['Alt+4', '4'],
  choice5: ['Alt+5', '5'],
  choice6: ['Alt+6', '6'],
  choice7: ['Alt+7', '7'],
  choice8: ['Alt+8', '8'],
  choice9: ['Alt+9', '9'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type Deed = keyof typeof KEY_TABLE;

/** 'choice1' to 'choice9', for lists whose rows are numbered. */
export function choiceDeed(number: number): Deed | null {
  const name = `choice${number}`;
  return name in KEY_TABLE ? (name as Deed) : null;
}

/** The parts printed on a keycap: ['Ctrl', 'Enter']. */
export function keyParts(deed: Deed): readonly string[] {
  return KEY_TABLE[deed][0].split('+');
}

/** What a key needs besides a place where it is heard. A key that is not here is anybody's. */
export const RIGHT_OF: Readonly<Partial<Record<Deed, Permission>>> = {
  repayment: 'loan.repayment.take',
  deposit: 'savings.deposit.take',
  withdrawal: 'savings.withdrawal.pay',
  drawer: 'drawer.open',
  registerClient: 'client.register',
  toggleOffline: 'offline.declare',
  closeDay: 'day.close',
};

/** What F1 lists: deeds that a person presses anywhere, in the order of the keyboard. */
export const HELP_ORDER: readonly Deed[] = [
  'help',
  'find',
  'repayment',
  'deposit',
  'refreshClient',
  'withdrawal',
  'basket',
  'basketPaid',
  'printCopy',
  'confirm',
  'fullScreen',
  'drawer',
  'back',
  'palette',
  'lock',
  'sameClient',
  'receipts',
  'continueKept',
  'tellNotes',
  'goCounter',
  'goDecide',
  'turnDown',
  'openRecord',
  'registerClient',
  'syncNow',
  'compareNow',
  'toggleOffline',
  'closeDay',
  'showX',
  'choice1',
];

interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** 'Ctrl+Enter', 'Alt+1', 'F3': how a press is written in the table. AltGr types characters and is never a command. */
export function writtenPress(press: Press): string | null {
  if (press.ctrlKey && press.altKey) return null;
  let name = press.key;
  if (name === 'Escape') name = 'Esc';
  if (name.length === 1) {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code);
    const letter = /^Key([A-Z])$/.exec(press.code);
    if (/^[a-z]$/i.test(name)) name = name.toUpperCase();
    else if (digit?.[1] !== undefined && !press.shiftKey) name = digit[1];
    else if (letter?.[1] !== undefined && press.altKey) name = letter[1];
  }
  const held = `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}`;
  if (press.shiftKey && name.length > 1) return `${held}Shift+${name}`;
  return held + name;
}

function isTyping(): boolean {
  const at = document.activeElement;
  if (at === null) return false;
  return (
    at instanceof HTMLTextAreaElement ||
    at instanceof HTMLSelectElement ||
    (at instanceof HTMLInputElement && at.type !== 'checkbox' && at.type !== 'radio')
  );
}

/** Enter presses a focused button by itself, and a letter or digit belongs to the field that has focus. */
function belongsToFocus(written: string): boolean {
  if (written === 'Enter')
    return document.activeElement instanceof HTMLButtonElement || document.activeElement instanceof HTMLAnchorElement || isTyping();
  return written.length === 1 && isTyping();
}

export type KeyHandlers = { readonly [D in Deed]?: () => void };

interface Listener {
  readonly handlers: () => KeyHandlers;
  readonly modal: boolean;
}

const listeners: Listener[] = [];

/** Finds who handles a written press; exported for the tests, which have no keyboard. */
export function handlerOf(written: string): (() => void) | undefined {
  for (let at = listeners.length - 1; at >= 0; at -= 1) {
    const listener = listeners[at];
    if (listener === undefined) continue;
    const handlers = listener.handlers();
    for (const deed of Object.keys(handlers) as Deed[]) {
      if ((KEY_TABLE[deed] as readonly string[]).includes(written)) return handlers[deed];
    }
    if (listener.modal) return undefined;
  }
  return undefined;
}

/** Every deed that a press would do now, with what it does. */
export function heardDeeds(): ReadonlyMap<Deed, () => void> {
  const heard = new Map<Deed, () => void>();
  for (const deed of Object.keys(KEY_TABLE) as Deed[]) {
    const handler = handlerOf(KEY_TABLE[deed][0]);
    if (handler !== undefined) heard.set(deed, handler);
  }
  return heard;
}

/** These would reload the page, open a menu of the system or a search of the browser, whether or not a screen uses them. */
const TAKEN_FROM_THE_SYSTEM = new Set(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F12', 'Ctrl+K', 'Ctrl+L']);

const COMMANDS: ReadonlySet<string> = new Set(Object.values(KEY_TABLE).flat());
const CONFIRMS: ReadonlySet<string> = new Set(KEY_TABLE.confirm);
/** Whoever leaves a form that is not whole yet leaves what was pressed for it as well. */
const AT_ONCE: ReadonlySet<string> = new Set([...KEY_TABLE.back, ...KEY_TABLE.lock]);

/** A form that is not whole yet keeps its keys; a dialog and the lock above it have keys of their own. */
function isHeldBack(event: KeyboardEvent, written: string | null): boolean {
  if (listeners.some(({ modal }) => modal)) return false;
  if (written !== null && AT_ONCE.has(written)) {
    forgetHeldKeys();
    return false;
  }
  const isCommand = written !== null && written.length > 1 && COMMANDS.has(written);
  return holdBack(event, isCommand, written !== null && CONFIRMS.has(written));
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing) return;
  const written = writtenPress(event);
  if (isHeldBack(event, written) || written === null) return;
  if (TAKEN_FROM_THE_SYSTEM.has(written)) event.preventDefault();
  if (event.repeat || belongsToFocus(written)) return;
  const handler = handlerOf(written);
  if (handler === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (written.length === 1) unlessScanned(handler);
  else handler();
}

/** Listens while the component lives; a function is asked at each press. `modal`: a dialog, beneath which nothing hears. */
export function useKeys(handlers: KeyHandlers | (() => KeyHandlers), options: { readonly modal?: boolean } = {}): void {
  const listener: Listener = { handlers: typeof handlers === 'function' ? handlers : () => handlers, modal: options.modal ?? false };
  if (listeners.length === 0) window.addEventListener('keydown', onKeyDown, true);
  listeners.push(listener);
  onScopeDispose(() => {
    const at = listeners.indexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
    if (listeners.length === 0) window.removeEventListener('keydown', onKeyDown, true);
  });
}

/** While a form is not whole its keys wait, and are played in their order once it is; where it is left before, they are forgotten. */
export function useHeldKeys(isWhole: () => boolean): void {
  // Somebody has to listen, also where nothing of the form stands yet.
  useKeys({});
  const release = holdKeys();
  watch(
    isWhole,
    (whole) => {
      // Once it is drawn and has the focus.
      if (whole) setTimeout(release);
    },
    { immediate: true, flush: 'post' },
  );
  onScopeDispose(() => {
    if (!isWhole()) forgetHeldKeys();
    release();
  });
}
