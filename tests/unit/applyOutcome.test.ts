// The transition table: every legal move, every forbidden one, and the laws that hold for any history.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyOutcome, mayMove, STUCK_KEY_ATTEMPTS, type Moment, type Transition } from '../../shared/domain/commands/applyOutcome.ts';
import { isFinished, type CommandRecord, type CommandState, type Outcome } from '../../shared/domain/commands/command.ts';

const STATES: readonly CommandState[] = ['held', 'queued', 'sending', 'inDoubt', 'accepted', 'rejected', 'withdrawn', 'resolved'];

const OUTCOMES: readonly Outcome[] = [
  { kind: 'accepted', serverTransactionId: 7, how: 'posted' },
  { kind: 'rejected', code: 'error.msg.x', message: null, status: 403 },
  { kind: 'retryLater', why: 'loanLocked', keyBurnt: false },
  { kind: 'retryLater', why: 'conflict', keyBurnt: true },
  { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false },
  { kind: 'inDoubt', why: 'noReply' },
  { kind: 'inDoubt', why: 'stillProcessing' },
  { kind: 'inDoubt', why: 'duplicateMarker' },
  { kind: 'inDoubt', why: 'lookUpFailed' },
  { kind: 'waitingForChecker', serverCommandId: 9 },
  { kind: 'signInNeeded', why: 'refused' },
  { kind: 'incompatible', why: 'shape' },
];

const TRANSITIONS: readonly Transition[] = [
  { kind: 'approve' },
  { kind: 'decline' },
  { kind: 'send' },
  ...OUTCOMES.map((outcome): Transition => ({ kind: 'answer', outcome })),
  { kind: 'absent' },
  { kind: 'restarted' },
  { kind: 'release', sentAs: 'grace' },
  { kind: 'resubmit', anew: null },
  { kind: 'reverse' },
  { kind: 'suspend' },
  { kind: 'recognise', serverTransactionId: 8 },
  { kind: 'vanish', code: 'headOffice.lostTransaction' },
  { kind: 'found', serverTransactionId: 8 },
  { kind: 'appear', serverTransactionId: 8 },
  { kind: 'undone', earlier: 'reverse' },
  { kind: 'takeUp', code: 'error.msg.some.rule', message: null },
];

function commandIn(state: CommandState, change: Partial<CommandRecord> = {}): CommandRecord {
  return {
    commandId: '01900000-0000-7000-8000-000000000001',
    sequence: 1,
    kind: 'savingsDeposit',
    payloadVersion: 1,
    payload: {
      kind: 'savingsDeposit',
      savingsId: '01900000-0000-7000-8000-000000000002',
      transactionDate: '2026-11-20',
      amountMinor: 50_000,
      decimals: 2,
      payment: { paymentTypeId: 1 },
      receiptNumber: 'KTL-01-261120-0001-X',
      note: '',
      markers: 'strong',
    },
    subject: 'savings:01900000-0000-7000-8000-000000000002',
    replaces: null,
    hold: null,
    recordedBy: 'achieng',
    businessDate: '2026-11-20',
    recordedAt: 1_000,
    clockDoubt: false,
    receiptId: null,
    formId: null,
    pageId: null,
    state,
    submission: 1,
    idempotencyKey: 'key-1',
    attempts: 1,
    nextAttemptAt: null,
    sentAt: 1_000,
    sentAs: 'achieng',
    postSingly: false,
    lastOutcome: null,
    serverResourceId: null,
    anew: null,
    ...change,
  };
}

const moment = (newKey = 'key-2'): Moment => ({ now: 10_000, fraction: 0.5, newKey, openDay: '2026-11-21' });

describe('the table of transitions', () => {
  test('I5: a transition that the table does not hold is a fault and changes nothing', () => {
    let refused = 0;
    for (const state of STATES) {
      for (const transition of TRANSITIONS) {
        if (mayMove(state, transition.kind)) continue;
        refused += 1;
        expect(() => applyOutcome(commandIn(state), transition, moment()), `${transition.kind} from ${state}`).toThrow(/I5 broken/);
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  test('a finished command moves again only where head office’s books say otherwise: it lost it, or posted it after all; or where a manager takes up what stands in suspense', () => {
    const moves = STATES.filter(isFinished).flatMap((state) =>
      TRANSITIONS.filter(({ kind }) => mayMove(state, kind)).map(({ kind }) => `${kind} from ${state}`),
    );
    expect(moves).toEqual([
      'vanish from accepted',
      'appear from withdrawn',
      'vanish from resolved',
      'appear from resolved',
      'takeUp from resolved',
    ]);
    const recognised = commandIn('resolved', { lastOutcome: { kind: 'accepted', serverTransactionId: 8, how: 'recognised' } });
    expect(() => applyOutcome(recognised, { kind: 'takeUp', code: 'error.msg.some.rule', message: null }, moment())).toThrow(/I5 broken/);
  });

  test('what was posted after all is a case with the money counted at head office alone, until it is recognised or undone there', () => {
    const appeared = applyOutcome(commandIn('resolved'), { kind: 'appear', serverTransactionId: 8 }, moment());
    expect(appeared.progress.state).toBe('rejected');
    expect(appeared.consequences).toMatchObject([
      { kind: 'effectContradicted', serverTransactionId: 8 },
      { kind: 'openException', exception: 'postedAfterAll' },
    ]);
    const open = { ...commandIn('rejected'), ...appeared.progress };
    const undone = applyOutcome(open, { kind: 'undone', earlier: 'suspend' }, moment());
    expect(undone.progress.state).toBe('resolved');
    expect(undone.consequences).toMatchObject([{ kind: 'effectDropped' }, { kind: 'closeException', resolution: 'suspend' }]);
    const found = applyOutcome(commandIn('rejected'), { kind: 'found', serverTransactionId: 9 }, moment());
    expect(found.progress).toMatchObject({ state: 'accepted', serverResourceId: 9, submission: 1, idempotencyKey: 'key-1' });
    expect(found.consequences).toMatchObject([{ kind: 'effectRecognised' }, { kind: 'closeException', resolution: 'recognise' }]);
  });

  test('a posting to the books is looked up before it is sent anew, and one that nobody sees decided goes to a manager in the end', () => {
    const change = { kind: 'suspensePosting', lastOutcome: { kind: 'waitingForChecker', serverCommandId: 4, unseen: true } } as const;
    const again = applyOutcome(commandIn('rejected', change), { kind: 'resubmit', anew: null }, moment());
    expect(again.progress).toMatchObject({ state: 'inDoubt', submission: 2, idempotencyKey: 'key-2' });
    const answer = { kind: 'answer', outcome: { kind: 'waitingForChecker', serverCommandId: 4, unseen: true } } as const;
    expect(applyOutcome(commandIn('sending', { ...change, attempts: 399 }), answer, moment()).progress.state).toBe('inDoubt');
    const patient = { kind: 'answer', outcome: { kind: 'waitingForChecker', serverCommandId: 4 } } as const;
    expect(applyOutcome(commandIn('sending', { ...change, attempts: 9_999 }), patient, moment()).progress.state).toBe('inDoubt');
    const ended = applyOutcome(commandIn('sending', { ...change, attempts: 400 }), answer, moment());
    expect(ended.progress).toMatchObject({ state: 'rejected', lastOutcome: { code: 'checker.neverSeen' } });
  });

  test('I2: an accepted transaction is not accepted a second time', () => {
    const twice = commandIn('sending', { serverResourceId: 7 });
    expect(() =>
      applyOutcome(twice, { kind: 'answer', outcome: { kind: 'accepted', serverTransactionId: 8, how: 'posted' } }, moment()),
    ).toThrow(/I2 broken/);
  });
});

describe('keys', () => {
  test('I11: an unknown outcome keeps its key, whatever the doubt', () => {
    for (const outcome of OUTCOMES.filter(
      (one) => one.kind === 'inDoubt' || one.kind === 'signInNeeded' || one.kind === 'waitingForChecker',
    )) {
      const { progress } = applyOutcome(commandIn('sending'), { kind: 'answer', outcome }, moment());
      expect([outcome.kind, progress.idempotencyKey, progress.submission]).toEqual([outcome.kind, 'key-1', 1]);
    }
    expect(
      applyOutcome(commandIn('sending', { lastOutcome: { kind: 'inDoubt', why: 'noReply' } }), { kind: 'absent' }, moment()).progress
        .idempotencyKey,
    ).toBe('key-1');
  });

  test('a definite refusal and its resubmission need a new key', () => {
    const rejected = applyOutcome(commandIn('sending'), { kind: 'answer', outcome: OUTCOMES[1] as Outcome }, moment());
    expect(rejected.progress.state).toBe('rejected');
    const resubmitted = applyOutcome({ ...commandIn('rejected'), ...rejected.progress }, { kind: 'resubmit', anew: null }, moment('key-9'));
    expect(resubmitted.progress).toMatchObject({ state: 'queued', submission: 2, idempotencyKey: 'key-9', lastOutcome: null });
  });

  test('a refusal that head office would replay burns the key; a lock that stored nothing does not', () => {
    expect(
      applyOutcome(commandIn('sending'), { kind: 'answer', outcome: { kind: 'retryLater', why: 'conflict', keyBurnt: true } }, moment())
        .progress,
    ).toMatchObject({ submission: 2, idempotencyKey: 'key-2' });
    expect(
      applyOutcome(commandIn('sending'), { kind: 'answer', outcome: { kind: 'retryLater', why: 'loanLocked', keyBurnt: false } }, moment())
        .progress,
    ).toMatchObject({ submission: 1, idempotencyKey: 'key-1' });
  });

  test('a key that answers 425 for ever is given up only after many attempts and a reading that shows absence', () => {
    const stuck = { lastOutcome: { kind: 'inDoubt', why: 'stillProcessing' } } as const;
    expect(
      applyOutcome(commandIn('sending', { ...stuck, attempts: STUCK_KEY_ATTEMPTS - 1 }), { kind: 'absent' }, moment()).progress
        .idempotencyKey,
    ).toBe('key-1');
    expect(
      applyOutcome(commandIn('sending', { ...stuck, attempts: STUCK_KEY_ATTEMPTS }), { kind: 'absent' }, moment()).progress,
    ).toMatchObject({ idempotencyKey: 'key-2', submission: 2 });
  });

  test('I2: what head office lost goes under its own key where an entry of it may wait there once more, and under a new one elsewhere', () => {
    const lost = { kind: 'vanish', code: 'headOffice.lostTransaction' } as const;
    const again = (accepted: CommandRecord) => {
      const vanished = { ...accepted, ...applyOutcome(accepted, lost, moment()).progress };
      return { ...vanished, ...applyOutcome(vanished, { kind: 'resubmit', anew: null }, moment()).progress };
    };
    const posted = { kind: 'accepted', serverTransactionId: 9, how: 'posted' } as const;
    const alone = again(commandIn('accepted', { postSingly: true, lastOutcome: posted, serverResourceId: 9 }));
    expect(alone).toMatchObject({ state: 'queued', submission: 1, idempotencyKey: 'key-1', serverResourceId: null });
    // It may be there, so nobody gives it up here.
    expect(() => applyOutcome(alone, { kind: 'withdraw', why: 'voided' }, moment())).toThrow(/I2 broken/);
    // In a batch nothing ever waits.
    expect(again(commandIn('accepted', { lastOutcome: posted, serverResourceId: 9 }))).toMatchObject({ submission: 2 });
    // What a manager recognised had been refused under its key, unless nobody saw what became of it.
    const recognisedAfter = (code: string) => {
      const refused = commandIn('rejected', { postSingly: true, lastOutcome: { kind: 'rejected', code, message: null, status: 0 } });
      const { progress } = applyOutcome(refused, { kind: 'recognise', serverTransactionId: 8 }, moment());
      return again({ ...refused, ...progress });
    };
    expect(recognisedAfter('some.refusal')).toMatchObject({ state: 'queued', submission: 2 });
    expect(recognisedAfter('checker.neverSeen')).toMatchObject({ state: 'queued', submission: 1 });

    // A key that head office remembers as done waits for nobody: it is read once more, and what is not there goes under a new one.
    const replayed = { kind: 'answer', outcome: { ...posted, how: 'replayed' } } as const;
    const sending = { ...alone, state: 'sending' as const };
    const doubted = { ...sending, ...applyOutcome(sending, replayed, moment()).progress };
    expect(doubted).toMatchObject({ state: 'inDoubt', submission: 1, serverResourceId: null });
    expect(applyOutcome({ ...doubted, state: 'sending' }, { kind: 'absent' }, moment()).progress).toMatchObject({
      state: 'queued',
      submission: 2,
      idempotencyKey: 'key-2',
    });
    // A first answer that was lost is another matter: nothing was read there before.
    expect(applyOutcome(commandIn('sending', { postSingly: true }), replayed, moment()).progress.state).toBe('accepted');
  });

  test('a stored server error burns the key of a command that was sent alone, not of one in an enclosing batch', () => {
    const failed = { lastOutcome: { kind: 'inDoubt', why: 'serverError', stored: true } } as const;
    expect(applyOutcome(commandIn('sending', failed), { kind: 'absent' }, moment()).progress.idempotencyKey).toBe('key-1');
    expect(applyOutcome(commandIn('sending', { ...failed, postSingly: true }), { kind: 'absent' }, moment()).progress).toMatchObject({
      idempotencyKey: 'key-2',
      submission: 2,
      state: 'queued',
    });
  });

  test('I2: a server error that may hide an entry which waits for a checker keeps the key', () => {
    const failed = { lastOutcome: { kind: 'inDoubt', why: 'serverError' }, postSingly: true } as const;
    expect(applyOutcome(commandIn('sending', failed), { kind: 'absent' }, moment()).progress).toMatchObject({
      idempotencyKey: 'key-1',
      submission: 1,
      state: 'queued',
    });
  });

  test('I2: what may wait for a checker to this day is sent again under its own key', () => {
    const unseen = { kind: 'rejected', code: 'checker.neverSeen', message: null, status: 0 } as const;
    expect(applyOutcome(commandIn('rejected', { lastOutcome: unseen }), { kind: 'resubmit', anew: null }, moment()).progress).toMatchObject(
      {
        idempotencyKey: 'key-1',
        submission: 1,
        state: 'queued',
        attempts: 0,
      },
    );
  });

  test('I2: what a checker rejected is read once more before it goes under a new key, whatever comes between', () => {
    const no = { kind: 'rejected', code: 'checker.rejected', message: null, status: 200 } as const;
    const again = applyOutcome(commandIn('rejected', { lastOutcome: no }), { kind: 'resubmit', anew: null }, moment()).progress;
    expect(again).toMatchObject({ state: 'inDoubt', submission: 1, idempotencyKey: 'key-1' });
    const reading = commandIn('sending', { ...again, state: 'sending' });
    for (const first of [reading, commandIn('sending', { ...again, ...applyOutcome(reading, { kind: 'restarted' }, moment()).progress })])
      for (const stands of [{ kind: 'answer', outcome: no }, { kind: 'absent' }] as const)
        expect(applyOutcome({ ...first, state: 'sending' }, stands, moment())).toMatchObject({
          progress: { state: 'queued', submission: 2, idempotencyKey: 'key-2' },
          consequences: [],
        });
    const waits = applyOutcome(reading, { kind: 'answer', outcome: { kind: 'waitingForChecker', serverCommandId: 9 } }, moment()).progress;
    expect(waits).toMatchObject({ state: 'inDoubt', submission: 1 });
    // Rejected there once more, it is a case once more.
    expect(
      applyOutcome({ ...commandIn('sending', waits), state: 'sending' }, { kind: 'answer', outcome: no }, moment()).progress.state,
    ).toBe('rejected');
  });

  test('I2, I9: what may be at head office, and whose parent was given up, is given up by nobody but becomes a case', () => {
    for (const state of ['queued', 'inDoubt'] as const) {
      const { progress, consequences } = applyOutcome(commandIn(state, { attempts: 1, sentAt: 1 }), { kind: 'orphan' }, moment());
      expect(progress).toMatchObject({ state: 'rejected', lastOutcome: { code: 'command.parentGivenUp' }, idempotencyKey: 'key-1' });
      expect(consequences).toContainEqual(expect.objectContaining({ kind: 'openException', code: 'command.parentGivenUp' }));
    }
    for (const state of ['held', 'sending', 'accepted', 'rejected', 'withdrawn', 'resolved'] as const)
      expect(() => applyOutcome(commandIn(state), { kind: 'orphan' }, moment())).toThrow(/I5 broken/);
  });

  test('a new submission whose key is the old one is a fault', () => {
    expect(() => applyOutcome(commandIn('rejected'), { kind: 'resubmit', anew: null }, moment('key-1'))).toThrow(/I11 broken/);
  });
});

describe('what follows', () => {
  test('I9: every rejection opens exactly one case and disputes the effect', () => {
    for (const outcome of OUTCOMES) {
      const { progress, consequences } = applyOutcome(commandIn('sending'), { kind: 'answer', outcome }, moment());
      const opened = consequences.filter((one) => one.kind === 'openException').length;
      expect([outcome.kind, opened]).toEqual([outcome.kind, progress.state === 'rejected' ? 1 : 0]);
      if (opened === 1) expect(consequences.some((one) => one.kind === 'effectDisputed')).toBe(true);
    }
  });

  test('a missing right is a case of its own kind', () => {
    const { consequences } = applyOutcome(
      commandIn('sending'),
      { kind: 'answer', outcome: { kind: 'rejected', code: 'error.msg.not.authorized', message: null, status: 403 } },
      moment(),
    );
    expect(consequences).toContainEqual(expect.objectContaining({ kind: 'openException', exception: 'notPermitted' }));
  });

  test('a look-up that failed does not hide why there was doubt', () => {
    const waiting = commandIn('sending', { lastOutcome: { kind: 'waitingForChecker', serverCommandId: 9 } });
    expect(
      applyOutcome(waiting, { kind: 'answer', outcome: { kind: 'inDoubt', why: 'lookUpFailed' } }, moment()).progress.lastOutcome,
    ).toEqual({ kind: 'waitingForChecker', serverCommandId: 9 });
  });

  test('a sign-in that is gone while in doubt leaves it in doubt', () => {
    const doubtful = commandIn('sending', { lastOutcome: { kind: 'inDoubt', why: 'noReply' } });
    expect(applyOutcome(doubtful, { kind: 'answer', outcome: { kind: 'signInNeeded', why: 'refused' } }, moment()).progress.state).toBe(
      'inDoubt',
    );
    expect(
      applyOutcome(commandIn('sending'), { kind: 'answer', outcome: { kind: 'signInNeeded', why: 'refused' } }, moment()).progress.state,
    ).toBe('queued');
  });

  test('what is refused as a duplicate and is not there goes again, and in the end a person decides', () => {
    const doubtful = { lastOutcome: { kind: 'inDoubt', why: 'duplicateMarker' } } as const;
    expect(applyOutcome(commandIn('sending', { ...doubtful, attempts: 2 }), { kind: 'absent' }, moment()).progress).toMatchObject({
      state: 'queued',
      idempotencyKey: 'key-1',
    });
    const alone = commandIn('sending', { ...doubtful, attempts: 2, postSingly: true });
    expect(applyOutcome(alone, { kind: 'absent' }, moment()).progress).toMatchObject({ state: 'queued', submission: 2 });
    const { progress, consequences } = applyOutcome(commandIn('sending', { ...doubtful, attempts: 12 }), { kind: 'absent' }, moment());
    expect(progress).toMatchObject({ state: 'rejected', lastOutcome: { code: 'headOffice.refusesUnseen' } });
    expect(consequences).toContainEqual(expect.objectContaining({ kind: 'openException', code: 'headOffice.refusesUnseen' }));
  });
});

test('I3, I5: over any history states stay in the table, money never expires, and submissions only grow', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TRANSITIONS.length - 1), { maxLength: 60 }), (steps) => {
      let command = commandIn('queued', { attempts: 0, sentAt: null });
      let key = 1;
      for (const step of steps) {
        const transition = TRANSITIONS[step] as Transition;
        if (!mayMove(command.state, transition.kind)) continue;
        if (transition.kind === 'answer' && transition.outcome.kind === 'accepted' && command.serverResourceId !== null) continue;
        // What head office holds is never taken up: that is refused, and tested above.
        if (transition.kind === 'takeUp' && command.lastOutcome?.kind === 'accepted') continue;
        key += 1;
        const { progress } = applyOutcome(command, transition, {
          now: 1_000 * key,
          fraction: 0,
          newKey: `key-${String(key)}`,
          openDay: '2026-11-20',
        });
        expect(STATES).toContain(progress.state);
        expect(progress.submission).toBeGreaterThanOrEqual(command.submission);
        expect(progress.submission > command.submission).toBe(progress.idempotencyKey !== command.idempotencyKey);
        if (progress.state === 'withdrawn') expect(transition.kind).toBe('decline');
        command = { ...command, ...progress };
      }
    }),
    { numRuns: 500 },
  );
});

describe('patience', () => {
  const answer = (command: CommandRecord, outcome: Outcome): CommandRecord => ({
    ...command,
    ...applyOutcome({ ...command, state: 'sending' }, { kind: 'answer', outcome }, moment).progress,
  });
  const absent = (command: CommandRecord): CommandRecord => ({
    ...command,
    ...applyOutcome({ ...command, state: 'sending' }, { kind: 'absent' }, moment).progress,
  });
  const moment: Moment = { now: 9_000_000, fraction: 0.5, newKey: 'another-key', openDay: '2026-11-21' };

  test('I2 attempts that failed for other reasons do not make a key stuck with its first 425', () => {
    const busy = commandIn('queued', {
      attempts: STUCK_KEY_ATTEMPTS + 3,
      lastOutcome: { kind: 'retryLater', why: 'busy', keyBurnt: false },
    });
    const after = absent(answer(busy, { kind: 'inDoubt', why: 'stillProcessing' }));
    expect(after.idempotencyKey).toBe(busy.idempotencyKey);
  });

  test('I2 a resubmitted command has the patience of a new one', () => {
    const rejected = commandIn('rejected', { attempts: 40 });
    const again = { ...rejected, ...applyOutcome(rejected, { kind: 'resubmit', anew: null }, moment).progress };
    const sent = { ...again, ...applyOutcome(again, { kind: 'send' }, { ...moment, newKey: 'third-key' }).progress };
    expect(absent(answer(sent, { kind: 'inDoubt', why: 'stillProcessing' })).idempotencyKey).toBe('another-key');
  });

  test.each<[string, (attempts: number) => CommandRecord]>([
    [
      "a date that head office's day never reaches",
      (attempts) => answer(commandIn('sending', { attempts }), { kind: 'retryLater', why: 'headOfficeDayBehind', keyBurnt: false }),
    ],
    [
      'what head office fails on and never holds',
      (attempts) => absent(commandIn('sending', { attempts, lastOutcome: { kind: 'inDoubt', why: 'serverError' } })),
    ],
  ])('%s goes on by itself for long, and to a manager in the end', (_what, after) => {
    expect(after(100).state).toBe('queued');
    expect(after(2_000).state).toBe('rejected');
  });

  test('I11 books that are closed put a posting to suspense on the newest open day by itself, under a key of its own; today as well, it waits', () => {
    const closed: Outcome = { kind: 'rejected', code: 'error.msg.glJournalEntry.invalid.accounting.closed', message: null, status: 403 };
    const posting = commandIn('sending', {
      kind: 'suspensePosting',
      payload: {
        kind: 'suspensePosting',
        exceptionId: '01900000-0000-7000-8000-000000000003',
        transactionDate: '2026-11-19',
        amountMinor: 50_000,
        decimals: 2,
        currency: 'KES',
        officeServerId: 2,
        debitGlAccountId: 5,
        creditGlAccountId: 1,
        referenceNumber: 'x',
        note: 'KTL-01-261120-0001-X',
      },
    });
    const moved = answer(posting, closed);
    expect(moved).toMatchObject({ state: 'queued', submission: 2, nextAttemptAt: null, anew: { marks: 0, postedOn: '2026-11-21' } });
    const waits = answer({ ...moved, idempotencyKey: 'key-2' }, closed);
    expect(waits).toMatchObject({ state: 'queued', submission: 3, anew: { postedOn: '2026-11-21' } });
    expect(waits.nextAttemptAt).toBeGreaterThan(moment.now);
    expect(answer({ ...waits, idempotencyKey: 'key-3', attempts: 1_000 }, closed).state).toBe('rejected');
    // The day of a receipt is on paper: only a person lets it go on another one.
    expect(answer(commandIn('sending'), closed).state).toBe('rejected');
  });

  test('I2 without a reply there is no end to asking: only head office says no', () => {
    expect(absent(commandIn('sending', { attempts: 50_000, lastOutcome: { kind: 'inDoubt', why: 'noReply' } })).state).toBe('queued');
  });
});
