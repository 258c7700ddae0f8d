// One table of keys: no two deeds that could be open together share a key, a press is written as the table writes it on every keyboard,
// and a dialog hears alone.
import { effectScope } from 'vue';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HELP_ORDER, KEY_TABLE, handlerOf, heardDeeds, useKeys, writtenPress } from '../../renderer/app/keys.ts';

const press = (key: string, code: string, held: { ctrl?: boolean; alt?: boolean; shift?: boolean } = {}) =>
  writtenPress({ key, code, ctrlKey: held.ctrl ?? false, altKey: held.alt ?? false, shiftKey: held.shift ?? false, metaKey: false });

describe('a press is written as the table writes it', () => {
  test('function keys, Escape and Ctrl+Enter', () => {
    expect(press('F3', 'F3')).toBe('F3');
    expect(press('Escape', 'Escape')).toBe('Esc');
    expect(press('Enter', 'Enter', { ctrl: true })).toBe('Ctrl+Enter');
    expect(press('k', 'KeyK', { ctrl: true })).toBe('Ctrl+K');
  });
  test('a French keyboard picks rows with the unshifted digit row', () => expect(press('é', 'Digit2', { alt: true })).toBe('Alt+2'));
  test('letters are those printed on the key, not those of its place', () => expect(press('a', 'KeyQ', { alt: true })).toBe('Alt+A'));
  test('a Cyrillic keyboard falls back to the place of the key', () => expect(press('ы', 'KeyS', { alt: true })).toBe('Alt+S'));
  test('AltGr types a character and is no command', () => expect(press('@', 'Digit2', { ctrl: true, alt: true })).toBeNull());
});

test('no two deeds share a key, except Enter, which belongs to whatever is in front', () => {
  const seen = new Map<string, string>();
  for (const [deed, keys] of Object.entries(KEY_TABLE)) {
    for (const key of keys) {
      if (key === 'Enter') continue;
      expect(seen.get(key), `${key} of ${deed}`).toBeUndefined();
      seen.set(key, deed);
    }
  }
});

test('no key is one that a browser will not give up', () => {
  const lost = new Set(['Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Q', 'Ctrl+R', 'Ctrl+F']);
  expect(
    Object.values(KEY_TABLE)
      .flat()
      .filter((key) => lost.has(key)),
  ).toEqual([]);
});

test('everything that F1 lists is in the table', () => expect(HELP_ORDER.every((deed) => deed in KEY_TABLE)).toBe(true));

describe('who hears', () => {
  const scopes: ReturnType<typeof effectScope>[] = [];
  const listen = (...given: Parameters<typeof useKeys>): ReturnType<typeof effectScope> => {
    const scope = effectScope();
    scope.run(() => useKeys(...given));
    scopes.push(scope);
    return scope;
  };
  afterEach(() => {
    for (const scope of scopes.splice(0)) scope.stop();
  });

  test('the newest listener of a deed wins, and gives it back when it goes', () => {
    const desk = vi.fn();
    const form = vi.fn();
    listen({ back: desk });
    const top = listen({ back: form });
    handlerOf('Esc')?.();
    expect([desk.mock.calls.length, form.mock.calls.length]).toEqual([0, 1]);
    top.stop();
    handlerOf('Esc')?.();
    expect([desk.mock.calls.length, form.mock.calls.length]).toEqual([1, 1]);
  });

  test('beneath a dialog nothing hears', () => {
    const post = vi.fn();
    listen({ confirm: post });
    listen({ back: vi.fn() }, { modal: true });
    expect(handlerOf('Ctrl+Enter')).toBeUndefined();
    expect(handlerOf('F10')).toBeUndefined();
  });

  test('a real key press reaches the handler once, and a held key does not repeat it', () => {
    const post = vi.fn();
    listen({ confirm: post });
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, cancelable: true }));
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, repeat: true, cancelable: true }));
    expect(post).toHaveBeenCalledTimes(1);
  });

  test('a bare digit belongs to the field that has focus', () => {
    const pick = vi.fn();
    listen({ choice1: pick });
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '1', code: 'Digit1', cancelable: true }));
    expect(pick).not.toHaveBeenCalled();
    field.remove();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '1', code: 'Digit1', cancelable: true }));
    expect(pick).toHaveBeenCalledTimes(1);
  });
});

test('what is heard now can be told by name, each with what its newest listener does', () => {
  const scope = effectScope();
  const [older, newer] = [vi.fn(), vi.fn()];
  scope.run(() => {
    useKeys({ deposit: older, printCopy: older });
    useKeys({ deposit: newer });
  });
  const heard = heardDeeds();
  expect([...heard.keys()]).toEqual(['deposit', 'printCopy']);
  heard.get('deposit')?.();
  expect(newer).toHaveBeenCalledOnce();
  expect(older).not.toHaveBeenCalled();
  scope.stop();
  expect(heardDeeds().size).toBe(0);
});
