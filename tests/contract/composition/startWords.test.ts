// The command line: what is said is checked before anything opens, and what is not known is refused by serve and passed over by the desktop.
import { describe, expect, test } from 'vitest';
import { readStartWords, WrongWords } from '../../../electron/composition/startWords.ts';

describe('the words of a start', () => {
  test('are read', () => {
    expect(readStartWords(['--practice', '--clients', '60', '--seed=7', '--port', '0', '--data', 'books'], 'strict')).toEqual({
      practice: true,
      clients: 60,
      seed: 7,
      port: 0,
      data: 'books',
      help: false,
    });
    expect(readStartWords([], 'strict')).toEqual({ practice: false, clients: null, seed: null, port: null, data: null, help: false });
    expect(readStartWords(['-h'], 'strict').help).toBe(true);
  });

  test.each([
    ['--clients', '0'],
    ['--clients', 'many'],
    ['--clients', ''],
    ['--clients', '1e9'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--seed', '1.5'],
    ['--data', ''],
    ['--nonsense'],
    ['stray'],
    ['--port'],
  ])('%s %s is refused with a sentence', (...words) => {
    expect(() => readStartWords(words, 'strict')).toThrow(WrongWords);
  });

  test('the desktop passes over what its runtime understands', () => {
    expect(readStartWords(['.', '--no-sandbox', '--remote-debugging-port=0', '--data', 'books', '--inspect'], 'lenient')).toMatchObject({
      data: 'books',
      practice: false,
    });
    expect(() => readStartWords(['.', '--clients', 'many'], 'lenient')).toThrow(WrongWords);
  });
});
