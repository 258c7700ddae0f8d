// What a command says about itself at head office, in texts fixed by what was recorded (I11): the true time, the maker and the device,
// because head office keeps no time of day and no device of a transaction (contract 2.4).

import type { CommandToSend } from '../../ports/headOffice.ts';

const NOTE_MAX = 1000;

/** 'KTL-02' out of 'KTL-02-261120-0042-7'; empty when the number has another form. */
export function deviceOf(receiptNumber: string): string {
  return /^(.+)-\d{6}-\d+-[^-]+$/.exec(receiptNumber)?.[1] ?? '';
}

export function noteOf(command: CommandToSend, note: string, receiptNumber: string): string {
  const device = deviceOf(receiptNumber);
  const origin = `[Tawi ${command.recordedAtText}, ${command.recordedBy}${device === '' ? '' : `, ${device}`}]`;
  const room = NOTE_MAX - origin.length - 1;
  const words = note.trim().slice(0, Math.max(room, 0)).trimEnd();
  return words === '' ? origin.slice(0, NOTE_MAX) : `${words} ${origin}`;
}

/** With the command's id at its end, by which it is found again. The words were bounded when they were recorded. */
export function markedNote(command: CommandToSend, words: string): string {
  return `${words.trim()} [Tawi ${command.recordedAtText}, ${command.recordedBy}, ${command.commandId}]`.trimStart();
}

/** Longest description of a transfer at head office. */
const TRANSFER_MAX = 200;

/** What a transfer says of itself, with the command's id at its end. Words that would not leave room for the mark are cut. */
export function markedTransfer(command: CommandToSend, words: string): string {
  const origin = `[Tawi ${command.recordedAtText}, ${command.recordedBy.slice(0, 80)}, ${command.commandId}]`;
  const said = words
    .trim()
    .slice(0, Math.max(TRANSFER_MAX - origin.length - 1, 0))
    .trimEnd();
  return said === '' ? origin : `${said} ${origin}`;
}

/** The command's id in the description of a transfer of ours; null in any other. */
export function markInTransfer(description: string | null): string | null {
  return /\[Tawi [^\]]*, ([0-9a-f-]{36}(?:~\d+)?)\]$/.exec(description ?? '')?.[1] ?? null;
}

/** Longest reason of a hold at head office. */
const HELD_FOR_MAX = 100;

/** Why money is held, with the command's id at its end. The words were bounded when they were recorded. */
export function markedHold(command: CommandToSend, words: string): string {
  const mark = `[Tawi ${command.commandId}]`;
  return `${words
    .trim()
    .slice(0, HELD_FOR_MAX - mark.length - 1)
    .trimEnd()} ${mark}`;
}

const HOLD_MARK = /\s*\[Tawi ([0-9a-f-]{36}(?:~\d+)?)\]$/;

/** The command's id in the reason of a hold of ours, and the words before it; of any other, its words alone. */
export function readHeldFor(reason: string | null): { readonly mark: string | null; readonly words: string | null } {
  if (reason === null || reason.trim() === '') return { mark: null, words: null };
  return { mark: HOLD_MARK.exec(reason)?.[1] ?? null, words: reason.replace(HOLD_MARK, '') };
}

/** Head office takes '$.' in an item that refers to another one for a path, whatever the text around it (contract 5.2). */
export function withoutPaths(text: string): string {
  return text.replaceAll('$.', '$ .');
}
