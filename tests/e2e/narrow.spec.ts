// A small window and a large text: on every screen and every sheet that opens over one, nothing lies on anything else, no word is cut off or broken
// in two, and no value stands half outside its field. Measured box by box, in the two languages with the longest words.
import type { Page } from '@playwright/test';
import { everyScreen, goTo } from './everyScreen.ts';
import { expect, test } from './servedBranch.ts';

const SIZES = [
  { width: 1024, height: 640 },
  { width: 840, height: 640 },
  // 1366 x 768 at 200 %.
  { width: 683, height: 384 },
] as const;

/** Below 900 px one layout serves every width; the second language is measured where it has least room. */
const WALKS = { es: SIZES, fr: [SIZES[0], SIZES[2]] } as const;
const LANGUAGES = ['es', 'fr'] as const;

/** In the page: what lies on what, and what of a text nobody can read. */
function illegible(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const over = [...document.querySelectorAll<HTMLElement>('.v-overlay--active .v-overlay__content')].at(-1);
    const root = over ?? document.body;
    const found = new Set<string>();
    // Each element is asked once: asked for every word, a long list takes seconds.
    interface Edge {
      readonly clipsX: boolean;
      readonly clipsY: boolean;
      readonly cutsX: boolean;
      readonly cutsY: boolean;
      readonly rect: DOMRect;
      readonly isLayer: boolean;
      readonly isUnseen: boolean;
    }
    const edges = new Map<Element, Edge>();
    const edgeOf = (each: Element): Edge => {
      const known = edges.get(each);
      if (known !== undefined) return known;
      const { overflowX, overflowY, position, clipPath } = getComputedStyle(each);
      const rect = each.getBoundingClientRect();
      const edge = {
        clipsX: overflowX !== 'visible',
        clipsY: overflowY !== 'visible',
        cutsX: /hidden|clip/.test(overflowX),
        cutsY: /hidden|clip/.test(overflowY),
        rect,
        isLayer: /fixed|sticky/.test(position),
        isUnseen: clipPath !== 'none',
      };
      edges.set(each, edge);
      return edge;
    };
    interface Rect {
      left: number;
      right: number;
      top: number;
      bottom: number;
    }
    interface Box {
      readonly of: HTMLElement;
      readonly layer: Element | null;
      readonly says: string;
      /** What scrolls it; within that, scrolled away or not, and on the screen as it stands. */
      readonly scroller: Element | null;
      readonly within: Rect | null;
      readonly seen: Rect | null;
    }
    const boxes: Box[] = [];
    const nameOf = (each: HTMLElement): string => {
      const named = each.closest<HTMLElement>('[data-testid]');
      return `${named?.dataset['testid'] ?? ''} <${each.tagName.toLowerCase()}.${[...each.classList].slice(0, 2).join('.')}>`;
    };
    /** Said to a screen reader alone, or to whoever comes to it by keys. */
    const isUnseen = (each: Element): boolean => {
      for (let box: Element | null = each; box !== null && box !== root; box = box.parentElement) if (edgeOf(box).isUnseen) return true;
      return false;
    };
    const isShown = (each: HTMLElement): boolean =>
      each.closest('[inert], .print-root, svg, option, [aria-hidden=true], .skip') === null &&
      each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !isUnseen(each);
    /** What is fixed or sticks lies over what is scrolled below it, and is meant to. */
    const layerOf = (each: Element): Element | null => {
      for (let box: Element | null = each; box !== null && box !== root; box = box.parentElement) if (edgeOf(box).isLayer) return box;
      return null;
    };
    const scrolls = (box: Element): boolean => {
      const { clipsX, clipsY, cutsX, cutsY } = edgeOf(box);
      return (clipsX && !cutsX) || (clipsY && !cutsY);
    };
    const scrollerOf = (of: Element): Element | null => {
      for (let box: Element | null = of; box !== null && box !== document.documentElement; box = box.parentElement)
        if (scrolls(box)) return box;
      return null;
    };
    /** What of a box is left by everything that clips it, up to `end`; null where that is nothing. */
    const clipped = (rect: DOMRect, of: Element, end: Element | null): Rect | null => {
      const left = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
      for (let box: Element | null = of; box !== null && box !== document.documentElement && box !== end; box = box.parentElement) {
        const { clipsX, clipsY, rect: edge } = edgeOf(box);
        if (!clipsX && !clipsY) continue;
        left.left = Math.max(left.left, edge.left);
        left.right = Math.min(left.right, edge.right);
        left.top = Math.max(left.top, edge.top);
        left.bottom = Math.min(left.bottom, edge.bottom);
      }
      return left.right - left.left > 2 && left.bottom - left.top > 2 ? left : null;
    };
    const isOutOfReach = (each: Element): boolean => {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      let [wide, high] = [left < -1 || right > window.innerWidth + 1, top < -1 || bottom > window.innerHeight + 1];
      for (let box = each.parentElement; box !== null && (wide || high); box = box.parentElement) {
        const { clipsX, clipsY, cutsX, cutsY } = edgeOf(box);
        if (clipsX && !cutsX) wide = false;
        if (clipsY && !cutsY) high = false;
      }
      return wide || high;
    };
    const keep = (rect: DOMRect, of: HTMLElement, says: string): void => {
      const scroller = scrollerOf(of);
      const [within, seen] = [clipped(rect, of, scroller), clipped(rect, of, null)];
      if (within !== null) boxes.push({ of, layer: layerOf(of), says, scroller, within, seen });
    };

    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      if (parent === null || text.trim() === '' || !isShown(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const short = text.trim().replace(/\s+/g, ' ').slice(0, 40);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        keep(rect, parent, `“${short}”`);
        // Beyond an edge that hides it, at the side or below, where nothing scrolls it into sight.
        for (let box: Element | null = parent; box !== null && box !== document.documentElement; box = box.parentElement) {
          const { cutsX, cutsY, rect: edge } = edgeOf(box);
          if (cutsX && (rect.right > edge.right + 1.5 || rect.left < edge.left - 1.5)) {
            found.add(`“${short}” is cut off at the side by ${nameOf(box as HTMLElement)}`);
            break;
          }
          if (cutsY && (rect.bottom > edge.bottom + 3 || rect.top < edge.top - 3)) {
            found.add(`“${short}” is cut off above or below by ${nameOf(box as HTMLElement)}`);
            break;
          }
          if (scrolls(box)) break;
        }
      }
      for (const word of text.matchAll(/[\p{L}\p{M}]{3,20}/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0.5).map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.add(`the word ${word[0]} is broken in ${nameOf(parent)}`);
      }
    }

    for (const each of root.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')) {
      if (!isShown(each)) continue;
      if (isOutOfReach(each)) found.add(`${nameOf(each)} lies beyond the window, and nothing scrolls to it`);
      const frame = each.closest<HTMLElement>('.v-field, .v-selection-control, label') ?? each;
      keep(
        (each instanceof HTMLInputElement ? frame : each).getBoundingClientRect(),
        each instanceof HTMLInputElement ? frame : each,
        'control',
      );
      if (each instanceof HTMLInputElement && each.value !== '' && each.scrollWidth > each.clientWidth + 1)
        found.add(`the value of ${nameOf(each)} is cut off`);
      if (each instanceof HTMLSelectElement) {
        const pen = document.createElement('canvas').getContext('2d');
        const style = getComputedStyle(each);
        if (pen === null) continue;
        pen.font = style.font;
        const room = each.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
        const chosen = each.selectedOptions[0]?.text ?? '';
        if (pen.measureText(chosen).width > room + 2) found.add(`the choice “${chosen}” is cut off in ${nameOf(each)}`);
      }
    }

    for (const [at, one] of boxes.entries())
      for (const other of boxes.slice(at + 1)) {
        if (one.layer !== other.layer || one.of === other.of || one.of.contains(other.of) || other.of.contains(one.of)) continue;
        const [a, b] = one.scroller === other.scroller ? [one.within, other.within] : [one.seen, other.seen];
        if (a === null || b === null) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // The boxes of two lines of text may touch where their letters do not.
        if (wide > 2 && high > 4) found.add(`${one.says} ${nameOf(one.of)} and ${other.says} ${nameOf(other.of)} lie on each other`);
      }

    // A sum whose last digits are scrolled away is read as another. A sheet of A4 is shown as wide as it is.
    for (const each of root.querySelectorAll<HTMLElement>('*')) {
      const { clipsX, cutsX } = edgeOf(each);
      const more = each.scrollWidth - each.clientWidth;
      if (!clipsX || cutsX || more <= 1 || !isShown(each) || each.querySelector('.paper-sheet') !== null) continue;
      const inside = [...each.querySelectorAll<HTMLElement>('*')];
      const furthest = inside.reduce((one, other) =>
        one.getBoundingClientRect().right >= other.getBoundingClientRect().right ? one : other,
      );
      found.add(`${nameOf(each)} is ${String(more)} narrower than what it holds: ${nameOf(furthest)} “${furthest.innerText.slice(0, 30)}”`);
    }

    const beyond = document.documentElement.scrollWidth - window.innerWidth;
    if (beyond > 1) found.add(`the page is ${String(beyond)} wider than its window`);
    return [...found];
  });
}

/** Two frames: what a size changes is laid out, and what follows from it. */
const laidOut = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

test('nothing lies on anything else and every word is whole, on every screen, in Spanish and French @faults', async ({ page, branch }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  const look = async (language: keyof typeof WALKS, name: string): Promise<void> => {
    for (const size of WALKS[language]) {
      await page.setViewportSize(size);
      await laidOut(page);
      found.push(...(await illegible(page)).map((what) => `${language} ${name} at ${String(size.width)}: ${what}`));
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  };
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const language of LANGUAGES) {
    await page.goto(branch.address);
    await page.getByTestId(`language-${language}`).click();
    await look(language, 'signIn');
  }
  const places = await everyScreen(page, branch);
  for (const language of LANGUAGES) {
    await page.evaluate((chosen) => localStorage.setItem('tawi.language', chosen), language);
    await page.reload();
    for (const place of places) {
      await goTo(page, place);
      await look(language, place.name);
      if (place.open !== undefined) await page.reload();
    }
  }
  await page.keyboard.press('Control+L');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  await look('fr', 'locked');
  expect(found).toEqual([]);
});
