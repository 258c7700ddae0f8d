// Where the next key belongs when a dialog closed, a button went away with its screen, or the desk was unlocked: never the page's body, where every
// key but those of the table is lost. The place that had it before, if it still stands; else the next right step of the screen; else the search.

import { nextTick, onScopeDispose } from 'vue';

const SETTLED_MS = 120;
/** So long a screen may have nothing to press: its form is on its way, and the next key belongs to that. */
const ARRIVES_MS = 3_000;
const NEXT_STEP = [
  '[data-focus-here]',
  // A field that is rarely typed in says so: nobody's next key belongs to it.
  'input:not([type=checkbox]):not([type=radio]):not([readonly]):not([data-focus-not] *)',
  '.press.is-ink:not([aria-disabled=true])',
  'tbody a, tbody button, .case-open',
  'button:not([aria-disabled=true]), a[href]',
] as const;

function isReachable(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element.offsetParent !== null && !element.matches(':disabled');
}

export function useFocusHome(main: () => HTMLElement | null, search: () => void): { readonly look: () => void } {
  let last: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pointedAt = 0;
  let emptySince: number | null = null;

  function home(): void {
    if (document.activeElement !== null && document.activeElement !== document.body) {
      emptySince = null;
      return;
    }
    if (document.querySelector('.v-overlay--active') !== null || document.querySelector('[data-testid="lock-screen"]') !== null) return;
    if (isReachable(last)) {
      last.focus({ preventScroll: true });
      return;
    }
    const room = main();
    for (const step of NEXT_STEP) {
      const found = [...(room?.querySelectorAll(step) ?? [])].find(isReachable);
      if (found !== undefined) {
        emptySince = null;
        found.focus({ preventScroll: true });
        return;
      }
    }
    const now = performance.now();
    emptySince ??= now;
    if (now - emptySince < ARRIVES_MS) {
      timer = setTimeout(home, ARRIVES_MS);
      return;
    }
    emptySince = null;
    search();
  }

  function look(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void nextTick(home), SETTLED_MS);
  }

  function onFocusIn(event: FocusEvent): void {
    // What lies in a dialog goes with it.
    if (event.target instanceof HTMLElement && event.target.closest('.v-overlay') === null) last = event.target;
  }
  function onFocusOut(event: FocusEvent): void {
    // A finger on empty paper, to mark words there, is no lost key.
    if (event.relatedTarget === null && performance.now() - pointedAt > SETTLED_MS) look();
  }
  function onPointer(): void {
    pointedAt = performance.now();
  }
  // A focused element that is taken out of the page says nothing of it.
  const watching = new MutationObserver(() => {
    if (document.activeElement === document.body && performance.now() - pointedAt > SETTLED_MS) look();
  });

  document.addEventListener('focusin', onFocusIn, true);
  document.addEventListener('focusout', onFocusOut, true);
  document.addEventListener('pointerdown', onPointer, true);
  watching.observe(document.body, { childList: true, subtree: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    watching.disconnect();
    document.removeEventListener('focusin', onFocusIn, true);
    document.removeEventListener('focusout', onFocusOut, true);
    document.removeEventListener('pointerdown', onPointer, true);
  });
  return { look };
}
