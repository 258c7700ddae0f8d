// A fact without money, from the client's page to head office: a note. Written with and without a line, told once whatever becomes of its
// answer, held for a second person, said in other words or given up before it left, and decided by a manager when head office refuses it.

import { describe, expect, test } from 'vitest';
import type { RecordFact } from '../../shared/contract/shapes.ts';
import { rows } from '../simulation/checkers/rows.ts';
import type { Person } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const WORDS = 'Moved to Lessos, asks to be called in the morning';

function note(scene: Scene, person: Person, more: { readonly text?: string; readonly askFirst?: boolean } = {}): Promise<RecordFact> {
  const { clientId } = scene.savings();
  return scene.get(person, 'clients.addNote', { formId: scene.newForm(), clientId, text: WORDS, ...more });
}

function notesThere(scene: Scene): readonly string[] {
  return rows<{ note: string }>(scene.books(), `SELECT note FROM note WHERE note LIKE '%[Tawi %' ORDER BY id`).map(
    ({ note: text }) => text,
  );
}

async function shown(scene: Scene): Promise<readonly RecordFact[]> {
  return (await scene.get(scene.achieng, 'clients.show', { clientId: scene.savings().clientId })).notes;
}

describe('a note on a client', () => {
  test('written without a line is shown at once, goes when the line is back, and stands there once', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const written = await note(scene, scene.achieng);
      expect(await shown(scene)).toMatchObject([{ text: WORDS, standing: 'savedHere', recordedBy: 'Achieng Odhiambo' }]);
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([{ kind: 'clientNote', commandId: written.commandId, reason: 'lineDown' }]);
      expect(desk.unfinished[0]?.clientName).not.toBe('');
      await scene.restoreLine();
      await scene.untilFinished();
      expect(await shown(scene)).toMatchObject([{ standing: 'confirmed' }]);
      expect(notesThere(scene)).toHaveLength(1);
      expect(notesThere(scene)[0]).toMatch(new RegExp(`^${WORDS} \\[Tawi .*, achieng, ${written.commandId}\\]$`));
    }));

  test('whose answer was lost is found by its mark and not sent twice (I2)', () =>
    play({}, async (scene) => {
      scene.pc.network.arm('replyLost', 1, 'money');
      await note(scene, scene.achieng);
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
      expect(await shown(scene)).toMatchObject([{ standing: 'confirmed' }]);
    }));

  test('that never arrived goes again', () =>
    play({}, async (scene) => {
      scene.pc.network.arm('requestLost', 1, 'money');
      await note(scene, scene.achieng);
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
    }));

  test('pressed twice on the same form is one note; the form with other words is refused', () =>
    play({}, async (scene) => {
      const input = { formId: scene.newForm(), clientId: scene.savings().clientId, text: WORDS };
      const one = await scene.get(scene.achieng, 'clients.addNote', input);
      expect((await scene.get(scene.achieng, 'clients.addNote', input)).commandId).toBe(one.commandId);
      expect(await scene.refusal(scene.achieng, 'clients.addNote', { ...input, text: 'other words' })).toBe('form.alreadyUsed');
      expect(await scene.refusal(scene.achieng, 'clients.addNote', { ...input, formId: scene.newForm(), text: '  ' })).toBe('note.empty');
    }));
});

describe('what is held for a second person', () => {
  test('does not leave before somebody else with the right agrees, and the agreement is a fact', () =>
    play({}, async (scene) => {
      const { commandId } = await note(scene, scene.achieng, { askFirst: true });
      await scene.pass(10 * MINUTE_MS);
      expect(notesThere(scene)).toEqual([]);
      const { item } = await scene.get(scene.grace, 'sync.showItem', { commandId });
      expect(item).toMatchObject({
        standing: 'savedHere',
        reason: 'heldForSomebody',
        heldFor: 'command.decide',
        editable: { text: WORDS },
      });
      expect(await scene.refusal(scene.daniel, 'sync.decideHeld', { commandId, agrees: true })).toBe('session.notPermitted');
      await scene.get(scene.grace, 'sync.decideHeld', { commandId, agrees: true });
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
      const [entry] = scene.pc.database().prepare(`SELECT by, body FROM journal_entries WHERE what = 'command.approved'`).all() as {
        by: string;
        body: string;
      }[];
      expect(entry?.by).toBe('grace');
      expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({ command: commandId, maker: 'achieng', seen: { text: WORDS } });
    }));

  test('is never decided by its maker; not agreed to, with a reason, it is given up and never told', () =>
    play({}, async (scene) => {
      const own = await note(scene, scene.grace, { askFirst: true });
      expect(await scene.refusal(scene.grace, 'sync.decideHeld', { commandId: own.commandId, agrees: true })).toBe(
        'command.makerCannotDecide',
      );
      const no = { commandId: own.commandId, agrees: false };
      await scene.get(scene.amina, 'sync.showDesk', {});
      expect(await scene.refusal(scene.amina, 'sync.decideHeld', no)).toBe('command.reasonNeeded');
      await scene.get(scene.amina, 'sync.decideHeld', { ...no, reason: 'hearsay' });
      await scene.pass(10 * MINUTE_MS);
      expect(notesThere(scene)).toEqual([]);
      expect(await shown(scene)).toMatchObject([{ withdrawn: true }]);
      expect(await scene.refusal(scene.amina, 'sync.decideHeld', { ...no, reason: 'again' })).toBe('command.notHeld');
    }));
});

describe('what was not sent yet', () => {
  test('its maker says in other words: the new ones alone are told, and the old ones stay in the journal', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { commandId } = await note(scene, scene.achieng);
      expect(await scene.refusal(scene.daniel, 'sync.amendCommand', { commandId, edits: { text: 'mine now' } })).toBe('command.notYours');
      expect(await scene.refusal(scene.achieng, 'sync.amendCommand', { commandId, edits: { text: ' ' } })).toBe('command.badWords');
      const next = await scene.get(scene.achieng, 'sync.amendCommand', { commandId, edits: { text: 'Moved to Eldoret' } });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
      expect(notesThere(scene)[0]).toContain('Moved to Eldoret');
      expect(await shown(scene)).toMatchObject([{ commandId: next.commandId, text: 'Moved to Eldoret', standing: 'confirmed' }]);
      expect((await scene.get(scene.achieng, 'sync.showItem', { commandId })).timeline.map(({ what }) => what)).toEqual([
        'recorded',
        'amended',
      ]);
    }));

  test('its maker gives up; what left the branch already, nobody does', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { commandId } = await note(scene, scene.achieng);
      await scene.get(scene.achieng, 'sync.withdrawCommand', { commandId, reason: 'not so after all' });
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      expect(notesThere(scene)).toEqual([]);
      const sent = await note(scene, scene.achieng);
      await scene.untilFinished();
      expect(await scene.refusal(scene.achieng, 'sync.withdrawCommand', { commandId: sent.commandId, reason: 'too late' })).toBe(
        'command.alreadySent',
      );
    }));

  test('on paper it is never changed: money is reversed by a receipt of its own', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(), 50_000);
      const commandId = line.receipt.commandId!;
      expect(await scene.refusal(scene.achieng, 'sync.withdrawCommand', { commandId, reason: 'no' + ' longer' })).toBe('command.onPaper');
      expect(await scene.refusal(scene.achieng, 'sync.amendCommand', { commandId, edits: { amountMinor: '1' } })).toBe('command.onPaper');
      await scene.restoreLine();
      await scene.untilFinished();
    }));
});

describe('a note that head office refuses', () => {
  async function refused(scene: Scene): Promise<RecordFact> {
    scene.control().takePermission('achieng', 'CREATE_CLIENTNOTE');
    const written = await note(scene, scene.achieng);
    await scene.pass(10 * MINUTE_MS);
    return written;
  }

  test('is a case about a person: the two truths are facts, and the ways out are its own', () =>
    play({}, async (scene) => {
      const { commandId } = await refused(scene);
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'notPermitted', item: { kind: 'clientNote', commandId, editable: { text: WORDS } } });
      expect(open.believed.facts).toMatchObject({ clientStatus: 'active' });
      expect(open.choices.map(({ resolution, possible }) => [resolution, possible])).toEqual([
        ['resubmit', true],
        ['correct', true],
        ['withdraw', true],
        ['recognise', false],
      ]);
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: open.exceptionId,
        resolution: 'withdraw',
        reason: 'of no use now',
      });
      expect(await scene.openCases()).toEqual([]);
      expect(notesThere(scene)).toEqual([]);
      expect(await shown(scene)).toMatchObject([{ withdrawn: true }]);
    }));

  test('put right by a manager goes in the new words, as the manager, once', () =>
    play({}, async (scene) => {
      await refused(scene);
      const { exceptionId } = await scene.openCase();
      const correct = { exceptionId, resolution: 'correct', reason: 'said too much' } as const;
      expect(await scene.refusal(scene.grace, 'exceptions.resolve', correct)).toBe('command.badWords');
      await scene.get(scene.grace, 'exceptions.resolve', { ...correct, edits: { text: 'Moved to Lessos' } });
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
      expect(notesThere(scene)[0]).toMatch(/^Moved to Lessos \[Tawi .*, grace, /);
      expect(await shown(scene)).toMatchObject([{ text: 'Moved to Lessos', standing: 'confirmed' }]);
    }));

  test('goes once more in the same words after the right was given, and stands once', () =>
    play({}, async (scene) => {
      await refused(scene);
      scene.control().givePermission('achieng', 'CREATE_CLIENTNOTE');
      await scene.resolve(scene.grace, await scene.openCase(), 'resubmit');
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
    }));
});

describe('a note that head office lost', () => {
  test('with its books of an earlier day is told as a case, and goes once more', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      await note(scene, scene.achieng);
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      scene.world.headOffice.restore(backup);
      await scene.pass(30 * MINUTE_MS);
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'vanished', item: { kind: 'clientNote' } });
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(notesThere(scene)).toHaveLength(1);
    }));
});

describe('what waits for what it refers to', () => {
  /** As a kind that refers to a record of this branch records it. */
  async function two(scene: Scene): Promise<readonly [parent: RecordFact, child: RecordFact]> {
    scene.control().takePermission('daniel', 'CREATE_CLIENTNOTE');
    await scene.cutLine();
    const parent = await note(scene, scene.daniel);
    const child = await scene.get(scene.achieng, 'clients.addNote', {
      formId: scene.newForm(),
      clientId: scene.savings(1).clientId,
      text: 'about the other one',
    });
    scene.pc.database().prepare('INSERT INTO journal_prerequisites VALUES (?, ?)').run(child.commandId, parent.commandId);
    return [parent, child];
  }

  test('I4: names it while it waits, is held by its refusal, and flows once it is put right', () =>
    play({}, async (scene) => {
      const [parent, child] = await two(scene);
      const item = async () => (await scene.get(scene.achieng, 'sync.showItem', { commandId: child.commandId })).item;
      expect(await item()).toMatchObject({ reason: 'dependencyFirst', waitsFor: [{ commandId: parent.commandId, needsYou: false }] });
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      expect(await item()).toMatchObject({ reason: 'dependencyNeedsYou', waitsFor: [{ commandId: parent.commandId, needsYou: true }] });
      expect(notesThere(scene)).toEqual([]);
      const open = await scene.openCase();
      expect(open.waitingBehind).toMatchObject([{ commandId: child.commandId }]);
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: open.exceptionId,
        resolution: 'correct',
        reason: 'put right',
        edits: { text: 'in other words' },
      });
      await scene.untilFinished();
      expect(notesThere(scene)).toMatchObject([expect.stringContaining('in other words'), expect.stringContaining('about the other one')]);
    }));

  test('is told when its parent is given up, and goes with it only when somebody says so', () =>
    play({}, async (scene) => {
      const [, child] = await two(scene);
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      const { exceptionId } = await scene.openCase();
      const withdraw = { exceptionId, resolution: 'withdraw', reason: 'of no use' } as const;
      expect(await scene.refusal(scene.grace, 'exceptions.resolve', withdraw)).toBe('command.childrenWait');
      await scene.get(scene.grace, 'exceptions.resolve', { ...withdraw, withChildren: true });
      await scene.untilFinished();
      expect(notesThere(scene)).toEqual([]);
      expect((await scene.get(scene.achieng, 'sync.showItem', { commandId: child.commandId })).timeline.at(-1)?.what).toBe('withParent');
    }));
});
