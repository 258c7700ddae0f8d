// What a manager lets a refused command say otherwise when it goes once more, as a new fact beside the old one (I11). What head office undid
// keeps its marks there for ever, so the same ones are refused again: the new submission carries marks of its own. And what was refused
// because head office's books of that day are closed is posted on a day that is open, with the true day in its note.

import type { BusinessDate } from '../../kernel/businessDate.ts';

export interface Anew {
  /** How often it was marked anew; 0: under its first marks. */
  readonly marks: number;
  /** Null: on its own date. */
  readonly postedOn: BusinessDate | null;
}

/** A mark at head office: our id, or the words of a receipt. The second one reads `KTL-02-261120-0043-5~2`. */
export function markAnew(mark: string, anew: Anew | null): string {
  return anew === null || anew.marks === 0 ? mark : `${mark}~${String(anew.marks + 1)}`;
}

/** The first mark of whatever submission it is. Text that is none of ours is left as it is. */
export function firstMark(mark: string): string {
  return mark.replace(/~\d+$/, '');
}

/** Head office holds our marks on something that does not stand: they cannot be used a second time (fineract-observed 5). */
export function needsNewMarks(refusalCode: string): boolean {
  return refusalCode === 'marker.reversed' || refusalCode === 'marker.foreign';
}

/** Its books of that day are closed (contract 2.4), or of a hold it has something later (contract 6.9): only another day can take it. */
export function isClosedThere(refusalCode: string): boolean {
  return /accounting\.closed|glclosure|before\.last\.accounting|before\.last\.transaction/.test(refusalCode);
}

/** Somebody changed the same at head office since it was seen here: who lets ours go once more has seen both. */
export function wasChangedThere(refusalCode: string): boolean {
  return refusalCode === 'client.changedThere' || refusalCode === 'group.changedThere';
}
