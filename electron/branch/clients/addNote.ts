// A note on a client: what somebody learned is written down here, line or no line, and told to head office like every other fact.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { formDraft } from '../counter/formDraft.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { recordFact } from './recordFacts.ts';

type Method = BranchContract['clients']['addNote'];

export function addNote(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  const text = input.text.trim();
  return parts.store.write((write): AnswerOf<Method> => {
    const payload = { kind: 'clientNote', clientId: input.clientId, text } as const;
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const fact = recordFact(write, used);
      const same = 'text' in used.payload && used.payload.clientId === input.clientId && used.payload.text === text;
      const isWaitedFor = isAwaited(write, parts.clock, used, { ...input, username: session.username });
      return same && fact !== null && isWaitedFor
        ? ok({ ...fact, replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const client = write.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    if (text === '') return refuse({ code: 'note.empty' });
    const businessDate = currentBusinessDate(write, parts.clock);
    const command = recordCommand(
      write,
      parts,
      {
        ...formDraft(write, parts, clockWatch, { ...input, username: session.username }, payload, businessDate),
        ...(input.askFirst ? { hold: { why: 'makerAsks', mayDecide: 'command.decide' } as const } : {}),
      },
      { body: { client: input.clientId, text } },
    );
    const fact = recordFact(write, command);
    return fact === null ? refuse({ code: 'note.empty' }) : ok({ ...fact, replayed: false });
  });
}
