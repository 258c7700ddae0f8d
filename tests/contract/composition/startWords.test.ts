// The command line: what is said is checked before anything opens, and what is not known is refused by serve and passed over by the desktop.
import { describe, expect, test } from 'vitest';
import { refuseForeignWords } from '../../../electron/composition/packedWords.ts';
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

describe('a packed program', () => {
  test.each([
    ['--remote-debugging-port=9222', 'linux'],
    ['--remote-debugging-pipe', 'linux'],
    ['--REMOTE-DEBUGGING-PORT=9222', 'win32'],
    ['/remote-debugging-port=9222', 'win32'],
    ['-remote-debugging-port=9222', 'win32'],
    ['--inspect-brk', 'linux'],
    ['--js-flags=--allow-natives-syntax', 'linux'],
    ['--data', 'linux'],
    ['--data=/tmp/other', 'darwin'],
    ['--user-data-dir=/tmp/other', 'linux'],
    ['--password-store=basic', 'linux'],
    ['--ignore-certificate-errors', 'win32'],
    ['--no-sandbox', 'linux'],
    ['--load-extension=/tmp/x', 'linux'],
    ['--', 'linux'],
    ['--not-invented-yet', 'linux'],
  ] as const)('does not start with %s on %s', (word, platform) => {
    expect(() => refuseForeignWords(['--practice', word, 'books'], platform)).toThrow(WrongWords);
  });

  test('starts with what is harmless, what the system adds, and a file that somebody dropped on it', () => {
    expect(() =>
      refuseForeignWords(['--practice', '--clients=30', '--lang=es', '--updated', '-psn_0_12345', '/a/file'], 'darwin'),
    ).not.toThrow();
    expect(() => refuseForeignWords([], 'win32')).not.toThrow();
  });

  test('names the word and not its value', () => {
    expect(() => refuseForeignWords(['--data=/secret/place'], 'linux')).toThrow('Tawi does not start with --data. Remove');
  });
});
