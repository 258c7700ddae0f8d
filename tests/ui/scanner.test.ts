// A scanner against a person: told apart by the times of their keys, whatever the keyboard's layout, and everything that the scanner's keys
// wrote on the way is taken back.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { useHeldKeys } from '../../renderer/app/keys.ts';
import { asAmerican, createBurst, mayBeAmount } from '../../renderer/app/scanBurst.ts';
import { listenForScans, unlessScanned } from '../../renderer/app/scanner.ts';
import type { Scan } from '../../renderer/app/scanner.ts';

describe('by the times of the keys', () => {
  function keys(text: string, gapMs: number, endMs = gapMs) {
    const burst = createBurst();
    let at = 1_000;
    for (const letter of text) {
      burst.press(letter, letter, at);
      at += gapMs;
    }
    return burst.end(at - gapMs + endMs)?.isMachine ?? false;
  }
  test.each([
    ['000000049', 1, true],
    ['000000049', 12, true],
    ['000000049', 30, true],
    ['000000049', 55, true],
    ['000000049', 90, false],
    ['000000049', 800, false],
    ['15000', 110, false],
    ['300', 2, false],
  ])('%s, a key each %i ms: a scanner %s', (text, gapMs, isScanner) => expect(keys(text, gapMs)).toBe(isScanner));
  test('a person who presses Enter after the code is a person', () => expect(keys('000000049', 5, 400)).toBe(false));
  test('a slow first key is not part of it', () => {
    const burst = createBurst();
    burst.press('7', '7', 0);
    for (const [index, letter] of Array.from('000000049').entries()) burst.press(letter, letter, 900 + index * 8);
    expect(burst.end(980)?.typed).toBe('000000049');
  });
  test('half a code is never taken for a whole one', () => {
    const burst = createBurst();
    for (const [index, letter] of Array.from('100000049').entries()) burst.press(letter, letter, index * 8 + (index > 2 ? 300 : 0));
    expect(burst.end(380)).toEqual({ typed: '100000049', meant: '100000049', isMachine: false });
  });
  test('what was written at once counts like a burst', () => {
    const burst = createBurst();
    burst.insert('000000049', 10);
    expect(burst.end(15)?.typed).toBe('000000049');
  });
  test.each(['49', '1500', '1500000', '12.50', '12,5', '0.75', '1.500,50', '1,500.50', '12,000', '1’500.50'])(
    '%s may be an amount',
    (code) => expect(mayBeAmount(code)).toBe(true),
  );
  test.each(['000000049', '12345678', 'KTL-01', '4006381333931', '0049', '1.50,50', '01.500'])('%s may not', (code) =>
    expect(mayBeAmount(code)).toBe(false),
  );
});

test.each([
  // French keys write signs where American ones write digits, and letters in other places.
  [{ key: '&', code: 'Digit1', shiftKey: false }, '1'],
  [{ key: 'à', code: 'Digit0', shiftKey: false }, '0'],
  [{ key: ')', code: 'Minus', shiftKey: false }, '-'],
  [{ key: 'Q', code: 'KeyA', shiftKey: true }, 'A'],
  // Spanish.
  [{ key: 'Ñ', code: 'Semicolon', shiftKey: true }, ':'],
  [{ key: "'", code: 'Minus', shiftKey: false }, '-'],
  [{ key: '7', code: 'Numpad7', shiftKey: false }, '7'],
  [{ key: 'x', code: '', shiftKey: false }, 'x'],
])('%j is %s to a scanner', (press, meant) => expect(asAmerican(press)).toBe(meant));

describe('on the page', () => {
  const scans: Scan[] = [];
  let known = new Set<string>();
  let stop: () => void;
  let field: HTMLInputElement;
  let at = 0;

  beforeEach(() => {
    scans.length = 0;
    known = new Set(['000000049']);
    at = 5_000;
    field = document.createElement('input');
    field.inputMode = 'decimal';
    document.body.append(field);
    stop = listenForScans(
      async (scan) => {
        scans.push(scan);
        const isKnown = scan.codes.some((code) => known.has(code));
        if (isKnown) scan.putBack();
        return isKnown;
      },
      () => true,
    );
  });
  afterEach(() => {
    stop();
    field.remove();
  });

  function press(key: string, gapMs: number, code = /^\d$/.test(key) ? `Digit${key}` : key, ctrlKey = false): KeyboardEvent {
    at += gapMs;
    const event = new KeyboardEvent('keydown', { key, code, ctrlKey, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    const focused = document.activeElement ?? document.body;
    focused.dispatchEvent(event);
    if (!event.defaultPrevented && key.length === 1 && focused instanceof HTMLInputElement) {
      focused.value += key;
      focused.dispatchEvent(new InputEvent('input', { data: key, inputType: 'insertText', bubbles: true }));
    }
    return event;
  }
  function scan(code: string, end = 'Enter', gapMs = 8): KeyboardEvent {
    for (const [index, key] of Array.from(code).entries()) press(key, index === 0 ? 1_000 : gapMs);
    return press(end, gapMs);
  }

  test.each(['Enter', 'Tab'])('a card in an amount leaves the amount, and its %s presses nothing', async (end) => {
    field.value = '1,500';
    field.focus();
    const heard: string[] = [];
    field.addEventListener('input', () => heard.push(field.value));
    const pressed = vi.fn();
    field.addEventListener('keydown', (event) => {
      if (event.key === end) pressed();
    });
    const event = scan('000000049', end);
    await vi.waitFor(() => expect(scans.map((each) => each.codes)).toEqual([['000000049']]));
    expect([field.value, heard.at(-1), event.defaultPrevented, pressed.mock.calls.length]).toEqual(['1,500', '1,500', true, 0]);
  });

  test.each(['ArrowDown', 'F8', 'Escape', 'PageDown'])('a scanner that was set to end with %s types into no sum', async (end) => {
    field.value = '1,500';
    field.focus();
    const pressed = vi.fn();
    field.addEventListener('keydown', (event) => {
      if (event.key === end) pressed();
    });
    expect(scan('000000049', end).defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(scans.map((each) => each.codes)).toEqual([['000000049']]));
    expect([field.value, pressed.mock.calls.length]).toEqual(['1,500', 0]);
    // By a person's hand, behind a sum of their own, it does what it does.
    for (const key of '2500') press(key, 130);
    press(end, 200);
    expect(pressed).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['at its end', '000000049', ''],
    ['inside', '0000', '00049'],
  ])(
    'a sign that a scanner presses with Control, %s, is none of the page’s keys and leaves no digit in a sum',
    async (_where, before, behind) => {
      field.value = '1,500';
      field.focus();
      const pressed = vi.fn();
      field.addEventListener('keydown', (event) => {
        if (event.ctrlKey) pressed();
      });
      for (const [index, key] of Array.from(before).entries()) press(key, index === 0 ? 1_000 : 8);
      press('Control', 4, 'ControlLeft', true);
      expect(press('j', 4, 'KeyJ', true).defaultPrevented).toBe(true);
      for (const key of behind) press(key, 8);
      await vi.waitFor(() => expect(scans.map((each) => each.codes)).toEqual([['000000049']]));
      expect([field.value, pressed.mock.calls.length]).toEqual(['1,500', 1]);
      // What a person presses with Control is theirs.
      press('Control', 1_000, 'ControlLeft', true);
      expect(press('j', 80, 'KeyJ', true).defaultPrevented).toBe(false);
    },
  );

  test('a scanner that presses nothing behind the code types into no sum and no count either', async () => {
    for (const inputMode of ['decimal', 'numeric']) {
      scans.length = 0;
      field.inputMode = inputMode;
      field.value = '1,500';
      field.focus();
      for (const [index, key] of Array.from('000000049').entries()) press(key, index === 0 ? 1_000 : 8);
      await vi.waitFor(() => expect(scans.map((each) => each.codes)).toEqual([['000000049']]));
      expect(field.value).toBe('1,500');
    }
  });

  test('an amount from a macro key without an end stays an amount, and words that somebody types fast stay words', async () => {
    field.focus();
    for (const [index, key] of Array.from('15000').entries()) press(key, index === 0 ? 1_000 : 8);
    await vi.waitFor(() => expect(scans.map((each) => each.isSure)).toEqual([false]));
    expect(field.value).toBe('15000');
    field.inputMode = 'text';
    field.value = '';
    for (const [index, key] of Array.from('0700513902').entries()) press(key, index === 0 ? 1_000 : 8);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect([field.value, scans.length]).toEqual(['0700513902', 1]);
  });

  test('where nothing is typed a code without an end opens what it names', async () => {
    for (const [index, key] of Array.from('000000049').entries()) press(key, index === 0 ? 1_000 : 8);
    await vi.waitFor(() => expect(scans).toHaveLength(1));
  });

  test.each(['Enter', 'Tab'])('a second %s behind a code presses nothing, and a later one does', async (end) => {
    field.focus();
    const pressed = vi.fn();
    field.addEventListener('keydown', (event) => {
      if (event.key === end) pressed();
    });
    scan('000000049');
    expect(press(end, 10).defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(scans).toHaveLength(1));
    expect(pressed).not.toHaveBeenCalled();
    press(end, 1_000);
    expect(pressed).toHaveBeenCalledTimes(1);
  });

  test('a scanner that presses the numbers of its characters is one', async () => {
    field.value = '1,500';
    field.focus();
    for (const [index, key] of Array.from('000000049').entries()) {
      at += index === 0 ? 1_000 : 4;
      for (const code of ['Numpad0', `Numpad${key}`]) {
        const down = new KeyboardEvent('keydown', { key: code.slice(-1), code, altKey: true, bubbles: true, cancelable: true });
        Object.defineProperty(down, 'timeStamp', { value: at });
        field.dispatchEvent(down);
      }
      const input = new InputEvent('beforeinput', { data: key, inputType: 'insertText', bubbles: true, cancelable: true });
      Object.defineProperty(input, 'timeStamp', { value: at });
      field.dispatchEvent(input);
      field.value += key;
    }
    press('Enter', 8);
    await vi.waitFor(() => expect(scans.map((each) => each.codes)).toEqual([['000000049']]));
    expect(field.value).toBe('1,500');
  });

  test('what a scanner puts before a code to say its kind is not looked for', async () => {
    scan(']C1000000049');
    await vi.waitFor(() => expect(scans[0]?.codes[0]).toBe('000000049'));
  });

  test('a code that nobody knows leaves the field as it stood, and is told', async () => {
    field.value = '1,500';
    field.focus();
    scan('4006381333931');
    await vi.waitFor(() => expect(scans[0]?.isSure).toBe(true));
    expect([field.value, scans[0]?.putIn]).toEqual(['1,500', null]);
  });

  test('a card scanned before a form is whole is not played into it; what was pressed before the card is', async () => {
    const isWhole = ref(false);
    const scope = effectScope();
    scope.run(() => useHeldKeys(() => isWhole.value));
    field.focus();
    press('7', 1_000);
    scan('000000049');
    await vi.waitFor(() => expect(scans).toHaveLength(1));
    expect(field.value).toBe('');
    isWhole.value = true;
    await vi.waitFor(() => expect(field.value).toBe('7'));
    scope.stop();
  });

  test('into a field for words it can still be written, when a person says so', async () => {
    field.inputMode = 'text';
    field.value = 'Cheque ';
    field.focus();
    scan('4006381333931');
    await vi.waitFor(() => expect(scans).toHaveLength(1));
    expect(field.value).toBe('Cheque ');
    scans[0]?.putIn?.();
    expect(field.value).toBe('Cheque 4006381333931');
  });

  test('an amount from a macro key stays an amount, and its Enter works', async () => {
    field.focus();
    const pressed = vi.fn();
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') pressed();
    });
    scan('15000');
    await vi.waitFor(() => expect(pressed).toHaveBeenCalledTimes(1));
    expect(field.value).toBe('15000');
  });

  test('an account whose whole number looks like an amount is still opened', async () => {
    known = new Set(['15000']);
    field.value = '20';
    field.focus();
    const pressed = vi.fn();
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') pressed();
    });
    scan('15000');
    await vi.waitFor(() => expect(field.value).toBe('20'));
    expect(pressed).not.toHaveBeenCalled();
  });

  test('on a button its Enter presses nothing', async () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const event = scan('000000049');
    await vi.waitFor(() => expect(scans).toHaveLength(1));
    expect(event.defaultPrevented).toBe(true);
    button.remove();
  });

  test('a password is left alone', () => {
    field.type = 'password';
    field.focus();
    const event = scan('s3cret99');
    expect([scans.length, event.defaultPrevented, field.value]).toEqual([0, false, 's3cret99']);
  });

  test('a person is left alone', () => {
    field.focus();
    const event = scan('15000', 'Enter', 130);
    expect([scans.length, event.defaultPrevented, field.value]).toEqual([0, false, '15000']);
  });

  test('a slow scanner, or somebody who copies the number of a card into the amount, pays nothing', async () => {
    field.value = '20';
    field.focus();
    scan('000000049', 'Enter', 160);
    await vi.waitFor(() => expect(scans).toHaveLength(1));
    expect(field.value).toBe('20');
  });

  test('a digit that chooses a row waits for a scanner, and works for a person', async () => {
    const choose = vi.fn();
    press('4', 1_000);
    unlessScanned(choose);
    press('9', 5);
    unlessScanned(choose);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(choose).not.toHaveBeenCalled();
    press('4', 1_000);
    unlessScanned(choose);
    await vi.waitFor(() => expect(choose).toHaveBeenCalledTimes(1));
  });
});
