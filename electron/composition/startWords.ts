// What may stand on the command line, for the desktop program and plain Node alike. Figures are checked here, so that nothing behind ever
// sees a port or a count that is not one.

import { parseArgs } from 'node:util';

export interface StartWords {
  readonly practice: boolean;
  readonly clients: number | null;
  readonly seed: number | null;
  readonly port: number | null;
  readonly data: string | null;
  readonly help: boolean;
}

export class WrongWords extends Error {
  override readonly name = 'WrongWords';
}

function whole(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const figure = Number(text);
  if (text === '' || !Number.isInteger(figure) || figure < least || figure > most) {
    throw new WrongWords(`--${name} wants a whole number from ${String(least)} to ${String(most)}, not '${text}'.`);
  }
  return figure;
}

/** 'strict' refuses what it does not know; 'lenient' passes over it, because the desktop runtime has words of its own. */
export function readStartWords(words: readonly string[], manner: 'strict' | 'lenient'): StartWords {
  const options = {
    practice: { type: 'boolean' },
    clients: { type: 'string' },
    seed: { type: 'string' },
    port: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...words], options, strict: manner === 'strict', allowPositionals: manner === 'lenient' }));
  } catch (error) {
    throw new WrongWords(error instanceof Error ? error.message : 'The words cannot be read.');
  }
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const data = text('data') ?? null;
  if (data === '') throw new WrongWords('--data wants a folder.');
  return {
    practice: values['practice'] === true,
    clients: whole('clients', text('clients'), 1, 200_000),
    seed: whole('seed', text('seed'), 0, 2 ** 31 - 1),
    port: whole('port', text('port'), 0, 65_535),
    data,
    help: values['help'] === true,
  };
}
