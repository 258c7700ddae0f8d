// When facts travel: one loop that finds out whether the line carries, sends what waits, reads what changed, and sleeps. A press on
// "sync now" only wakes it. Nothing it does can lose a fact: whatever breaks, the journal still holds it and the loop comes round again.

import { CLOCK_TOLERANCE_MS } from '../../shared/domain/clock/clockDoubt.ts';
import { effectsOf, kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Answer, Credential, Trouble } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';
import type { ShelfTargets, SyncControl, SyncState } from '../ports/sync.ts';
import { changeSuspects, readSetting, saveSetting, syncStateOf } from '../journal/settings.ts';
import { askAgain } from './askAgain.ts';
import { compareDay } from './compareDay.ts';
import { compareReceipts } from './compareReceipts.ts';
import { credentialOf, markSignInNeeded, readerOf, waitingForSignIn } from './credentials.ts';
import type { SyncParts } from './parts.ts';
import { createNumbersGiven } from './numbersGiven.ts';
import { createPictures } from './pictures.ts';
import { detailOf } from './pull/pullStopped.ts';
import { createPuller } from './pull/puller.ts';
import type { PullReport, Reader } from './pull/pullParts.ts';
import { createSender } from './sender.ts';
import { windowReaderOf } from './window/keptWindow.ts';
import { createWindowKeeper } from './window/windowKeeper.ts';
import { createEnrolment } from './settleEnrolment.ts';

const IDLE_MS = 30_000;
const LINE_DOWN_FIRST_MS = 5_000;
const LINE_DOWN_LONGEST_MS = 60_000;
const TROUBLE_MS = 60_000;
/** Nobody puts a head office back to an earlier day in less. */
const SILENT_MS = 2 * IDLE_MS;
const DAY_MS = 24 * 3_600_000;
const CASES_MOST = 200;
/** The nightly refresh prefers the evening, and insists after a day and a half. */
const REFRESH_FROM_HOUR = 19;
const REFRESH_INSISTS_MS = 1.5 * DAY_MS;
const UNANSWERED_MOST = 3;
/** Slower than this to its first answer, a line has no room for files beside what people wait for. */
const GOOD_LINE_MS = 2_500;
const WAITING_MOST = 500;
const PROVE_EVERY_MS = 7 * DAY_MS;

export function createSync(parts: SyncParts): SyncControl {
  const { store, clock } = parts;
  /** Asked through functions: both change while the loop waits for something. */
  let running = false;
  const isRunning = (): boolean => running;
  let ended: Promise<void> = Promise.resolve();
  let woken = false;
  let inCycle = false;
  let windowClosed = false;
  const hasWindowClosed = (): boolean => windowClosed;
  const wasWoken = (): boolean => woken;
  let nap: { wake(): void } | null = null;
  let downFor = 0;
  const isLineSlow = (): boolean => state.lineSlow === true;
  let needsCheck = new Set<string>();
  /** Subjects whose truth at head office changed and that were not read again yet; a pull that breaks off forgets none of them. */
  const touched = new Set<string>();
  let state: SyncState = {
    line: 'unknown',
    strangerAnswers: false,
    trouble: null,
    lineSince: null,
    headOffice: 'unknown',
    signInNeededFor: [],
    progress: null,
    readingSinceMs: null,
    lastFinishedAt: null,
    firstPullDone: false,
  };

  const puller = createPuller(
    parts,
    (progress) => {
      setState({
        trouble: null,
        readingSinceMs: beganAgain ? state.readingSinceMs : clock.monotonicMs(),
        progress: {
          ...progress,
          phase: isComparing ? 'proving' : 'pulling',
          startedAt: startedAt(isComparing ? 'proving' : 'pulling'),
        },
      });
    },
    between,
  );
  const enrolment = createEnrolment(parts);
  const numbersGiven = createNumbersGiven(parts);
  const keeper = createWindowKeeper(parts);
  const pictures = createPictures(parts);
  const sender = createSender(
    parts,
    (done, total) => {
      setState({ progress: { phase: 'sending', done, total, startedAt: startedAt('sending'), shelf: null } });
    },
    (stopped) => setState({ stopped }),
    async (targets, credential) => (await puller.pullAccountsSoon(targets, { person: credential, window: null })).trouble,
    () => !isLineSlow(),
  );

  /**
   * A head office that was put back to an earlier day was away meanwhile, and may have given numbers that wait in our queue to somebody else: after
   * each cut, and after each stretch in which this PC asked nothing (offline was declared, it slept), its trail is known to go on from where it was
   * read, or is read, before anything goes.
   */
  let looksFirst = true;
  /** By both clocks: one of them stands still in a PC that sleeps, the other can be set. */
  let heard = { at: clock.now(), monotonicMs: clock.monotonicMs() };
  function wasSilent(): boolean {
    return Math.max(Math.abs(clock.now() - heard.at), clock.monotonicMs() - heard.monotonicMs) > SILENT_MS;
  }
  async function lookFirst(): Promise<void> {
    if (!looksFirst) return;
    const isFirstPullDone = store.read(syncStateOf).firstPullDoneAt !== null;
    if (isFirstPullDone && !sender.isAnyDue()) return;
    looksFirst = isFirstPullDone && !(await puller.goesOn(readers()));
  }

  let isComparing = false;

  async function between(): Promise<boolean> {
    await sendMeanwhile();
    return isRunning() && !isOfflineDeclared();
  }

  /** A long walk does not keep a promise waiting: what is due goes between two of its pieces, while the round is at reading. */
  let maySendMeanwhile = false;
  async function sendMeanwhile(): Promise<void> {
    if (!maySendMeanwhile || !isRunning() || isOfflineDeclared() || !sender.isAnyDue()) return;
    maySendMeanwhile = false;
    const drained = await sender.drain(() => !isRunning() || isOfflineDeclared());
    for (const subject of drained.touched) touched.add(subject);
    maySendMeanwhile = !drained.lineBroke;
  }

  function setState(change: Partial<SyncState>): void {
    state = { ...state, ...change };
    parts.tell({ what: 'sync.changed' });
  }

  /** How long sending took says nothing of the reading after it. */
  function startedAt(phase: 'sending' | 'pulling' | 'proving'): number {
    return state.progress?.phase === phase ? state.progress.startedAt : clock.now();
  }

  /** A round of reading that ended before its end: what it brings is what the one before it brought. */
  let beganAgain = false;
  function readingBegins(): void {
    beganAgain = state.readingSinceMs !== null;
    if (!beganAgain) setState({ readingSinceMs: clock.monotonicMs() });
  }

  function setLine(line: 'up' | 'down'): void {
    if (line === 'down' && state.readingSinceMs !== null) setState({ readingSinceMs: null });
    if (state.line === line) return;
    if (line === 'down') {
      looksFirst = true;
      numbersGiven.contact();
    }
    setState({ line, lineSince: lineSince(line) });
    // Rights and passwords may have changed while the branch was away: every kept sign-in is tried once before it sends (contract 1.6).
    if (line === 'up')
      needsCheck = new Set(
        store.read((read) =>
          read
            .allStaff()
            .filter((staff) => staff.sealedPassword !== null && staff.signIn === 'good')
            .map((staff) => staff.username),
        ),
      );
  }

  /** A cut that was there when the program ended goes on since then. */
  function lineSince(line: 'up' | 'down'): number {
    const now = clock.now();
    const kept = store.read(syncStateOf).lineDownSince;
    const downSince = line === 'up' ? null : kept === null || kept > now + CLOCK_TOLERANCE_MS ? now : kept;
    if (downSince !== kept)
      store.write((write) => {
        saveSetting(write, 'syncState', { ...syncStateOf(write), lineDownSince: downSince });
      });
    return downSince ?? now;
  }

  async function loop(): Promise<void> {
    while (isRunning()) {
      woken = false;
      inCycle = true;
      const pauseMs = await cycle().catch((error: unknown) => {
        parts.diagnostics.incident(error, 'sync');
        setState({ headOffice: 'trouble', progress: null });
        return TROUBLE_MS;
      });
      inCycle = false;
      if (!isRunning()) return;
      if (wasWoken()) continue;
      const sleeping = parts.timers.sleep(pauseMs);
      nap = sleeping;
      await sleeping.done;
      nap = null;
    }
  }

  function isOfflineDeclared(): boolean {
    return store.read((read) => readSetting(read, 'offlineDeclared')) !== null;
  }

  /** Null while head office can be reached; else how long to sleep. */
  function noteReach(reach: Answer<unknown>): number | null {
    if (!reach.ok) {
      // What is no answer of head office's own is no line, whoever gives it: nothing may be risked on it.
      const isAway = reach.trouble.kind === 'unreachable' || reach.trouble.kind === 'nonsense';
      setLine(isAway ? 'down' : 'up');
      setState({
        headOffice: isAway ? 'unknown' : 'trouble',
        strangerAnswers: reach.trouble.kind === 'nonsense',
        progress: null,
      });
      downFor += 1;
      return Math.min(LINE_DOWN_FIRST_MS * 2 ** Math.min(downFor - 1, 10), LINE_DOWN_LONGEST_MS) * (0.75 + 0.25 * parts.chance.fraction());
    }
    downFor = 0;
    heard = { at: clock.now(), monotonicMs: clock.monotonicMs() };
    setLine('up');
    setState({ headOffice: 'answering', strangerAnswers: false });
    return null;
  }

  /** One round; answers how long to sleep, in milliseconds. */
  async function cycle(): Promise<number> {
    looksFirst ||= wasSilent() || isOfflineDeclared();
    if (isOfflineDeclared()) return IDLE_MS;
    let askedAt = clock.monotonicMs();
    const asked = await askForToday();
    if (asked?.isOwn !== true) askedAt = clock.monotonicMs();
    const reach = asked?.isOwn === true ? asked.answer : await parts.headOffice.reach();
    const tookMs = clock.monotonicMs() - askedAt;
    if (!isRunning()) return 0;
    const awayMs = noteReach(reach);
    if (awayMs !== null) return awayMs;
    setState({ lineSlow: tookMs > GOOD_LINE_MS });
    // At head office's own door it is this person who is not let in; asked once more it would count there as another wrong try.
    if (asked?.answer.ok === false && asked.answer.trouble.kind === 'signInNeeded') markSignInNeeded(parts, asked.credential.username);
    await checkSignIns();
    await askAgain(parts);
    if (asked !== null) await compareDay(parts, asked.credential, asked.answer);
    await settleEnrolment();
    await lookFirst();
    const wasHeldBack = looksFirst && sender.isAnyDue();
    const drained = await sender.drain(() => looksFirst || !isRunning() || isOfflineDeclared());
    const drainedAt = clock.now();
    for (const subject of drained.touched) touched.add(subject);
    setState({ signInNeededFor: peopleNeeded() });
    if (!isRunning()) return 0;
    if (isOfflineDeclared()) {
      setState({ progress: null, readingSinceMs: null });
      return IDLE_MS;
    }
    if (drained.lineBroke) {
      looksFirst = true;
      // One account that head office never answers for must not keep the branch from reading everything else: ask whether the line carries.
      const still = await parts.headOffice.reach();
      if (!isRunning()) return 0;
      const brokenMs = noteReach(still);
      if (brokenMs !== null) return brokenMs;
    }
    const person = store.read((read) => readerOf(read, parts.seals));
    await keeper.prove(person);
    const reader = readers();
    if (reader.person === null && reader.window === null) {
      setState({ signInNeededFor: peopleNeeded(), progress: null, readingSinceMs: null });
      return IDLE_MS;
    }
    await settleVerdicts(reader);
    windowClosed = false;
    const toRead = new Set(touched);
    maySendMeanwhile = !looksFirst;
    readingBegins();
    const trouble = await pullRound(reader, toRead).finally(() => {
      maySendMeanwhile = false;
    });
    setState({ progress: null, signInNeededFor: peopleNeeded() });
    if (trouble !== null) return hasWindowClosed() ? 0 : await noteTrouble(trouble, reader);
    await keeper.nightly(reader);
    for (const subject of toRead) touched.delete(subject);
    const at = clock.now();
    store.write((write) => {
      saveSetting(write, 'syncState', { ...syncStateOf(write), lastFinishedAt: at });
    });
    setState({ lastFinishedAt: at, firstPullDone: true, trouble: null, readingSinceMs: null });
    if (drained.lineBroke) return LINE_DOWN_FIRST_MS * (0.5 + 0.5 * parts.chance.fraction());
    await pullPictures(reader.person);
    // What was sent while this round was reading is read in a round of its own, at once.
    return touched.size > 0 || wasHeldBack ? 0 : pauseUntilNext(drainedAt, at);
  }

  /** Last in a round, and only while there is nothing else to do on a good line. A disk that is full for them is full for nobody else. */
  async function pullPictures(person: Credential | null): Promise<void> {
    const most = parts.picturesPerRound ?? 0;
    if (person === null || most === 0 || touched.size > 0) return;
    const mayGoOn = (): boolean => isRunning() && !wasWoken() && !isLineSlow() && !isOfflineDeclared() && !sender.isAnyDue();
    await quietly(() => pictures.pullSome(most, person, mayGoOn));
  }

  async function quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      parts.diagnostics.incident(error, 'pictures');
    }
  }

  /** Milliseconds since then by a clock that may have been set back: a moment ahead of now was told by another clock and says nothing. */
  function sinceMs(at: number | null, now: number): number {
    return at === null || at > now + CLOCK_TOLERANCE_MS ? Number.POSITIVE_INFINITY : now - at;
  }

  /** Suspects that head office had no answer for: whoever may not read where they stand never has one, and they keep no other waiting. */
  const unansweredBefore = new Set<LocalId>();

  /** The others wait for the next round where head office has no answer for several: it is as good as away. */
  async function verifySuspects(): Promise<void> {
    let unanswered = 0;
    const { suspects } = store.read(syncStateOf);
    const isLast = (commandId: LocalId): boolean => unansweredBefore.has(commandId);
    for (const commandId of [...suspects.filter((each) => !isLast(each)), ...suspects.filter(isLast)]) {
      if (await sender.verifyHeld(commandId)) {
        unansweredBefore.delete(commandId);
        store.write((write) => {
          changeSuspects(write, (known) => known.difference(new Set([commandId])));
        });
        continue;
      }
      unansweredBefore.add(commandId);
      unanswered += 1;
      if (unanswered >= UNANSWERED_MOST || !isRunning()) return;
    }
  }

  async function pullRound(reader: Reader, toRead: ReadonlySet<string>): Promise<Trouble | null> {
    if (store.read(syncStateOf).firstPullDoneAt === null) {
      const first = await puller.pullAll(reader);
      if (first.trouble !== null) return troubleOf(first);
      setState({ firstPullDone: true });
    }
    const changes = await puller.pullChanges(accountsOf(toRead), reader);
    if (changes.trouble !== null) return troubleOf(changes);
    looksFirst = false;
    maySendMeanwhile = true;
    const kept = store.read(syncStateOf);
    const now = clock.now();
    const hour = Number(clock.localText(now).slice(11, 13));
    const refreshAge = sinceMs(kept.refreshedAt, now);
    if (kept.comparisonAsked != null || sinceMs(kept.provedAt, now) > PROVE_EVERY_MS) {
      isComparing = true;
      const stopped = await compareBooks(reader, now).finally(() => {
        isComparing = false;
      });
      if (stopped !== null) return stopped;
      await askByName(reader.person);
    } else if ((refreshAge > DAY_MS / 2 && hour >= REFRESH_FROM_HOUR) || refreshAge > REFRESH_INSISTS_MS) {
      const refreshed =
        reader.window === null ? await puller.pullAccounts(store.read(everyAccount), reader) : await puller.pullShelves(reader);
      if (refreshed.trouble !== null) return troubleOf(refreshed);
      store.write((write) => {
        saveSetting(write, 'syncState', { ...syncStateOf(write), refreshedAt: now });
      });
      await askByName(reader.person);
    }
    await verifySuspects();
    if (toRead.size > 0) parts.tell({ what: 'account.changed', clientIds: [] });
    return null;
  }

  /**
   * Three books against each other: every receipt with what was recorded for it, every confirmed fact with the account that it stands in, every
   * account here with head office's. Goes on where a cut ended it; what it found is kept with its end.
   */
  async function compareBooks(reader: Reader, now: number): Promise<Trouble | null> {
    const proof = await puller.proveAll(reader);
    if (proof.trouble !== null) return troubleOf(proof);
    const states = (read: ReadStore, ids: readonly LocalId[]) => new Map(ids.map((id) => [id, read.command(id)?.state]));
    const missing = store.read((read) => states(read, syncStateOf(read).suspects));
    await verifySuspects();
    const receipts = await compareReceipts(parts, async () => {
      await parts.timers.breathe();
      return await between();
    });
    if (receipts === null) return { kind: 'unreachable', detail: 'stopped' };
    store.write((write) => {
      const state = syncStateOf(write);
      const { proof: found, comparisonAsked } = state;
      const lost = [...states(write, [...missing.keys()])].flatMap(([id, is]) => (is === missing.get(id) ? [] : [id]));
      saveSetting(write, 'lastProof', {
        at: clock.now(),
        equal: proof.differences === 0 && lost.length === 0 && receipts.differ === 0,
        differences: proof.differences,
        startedAt: found?.startedAt ?? now,
        by: comparisonAsked?.by ?? null,
        compared: found?.compared ?? 0,
        named: found?.named ?? [],
        receipts,
        lost,
        unanswered: state.suspects.filter((id) => missing.has(id)).length,
      });
      saveSetting(write, 'syncState', { ...state, provedAt: now, refreshedAt: now, proof: null, comparisonAsked: null });
    });
    return null;
  }

  /**
   * What stands in no client's account is seen in no account that is read: of an open case head office is asked by the posting's own name, once
   * a day. An entry that it booked itself under that name closes the case.
   */
  async function askByName(reader: Credential | null): Promise<void> {
    if (reader === null) return;
    const named = store.read((read) =>
      read.exceptionsWhere(true, CASES_MOST).filter(({ commandId }) => {
        const command = read.command(commandId);
        return command !== null && kindOf(command.kind).money !== null && effectsOf(command.payload).length === 0;
      }),
    );
    for (const { commandId } of named) await sender.lookAgain(commandId, reader);
  }

  function readers(): Reader {
    return store.read((read) => ({ person: readerOf(read, parts.seals), window: windowReaderOf(read, parts.seals) }));
  }

  /** A window that closed is no trouble with head office: the next round, at once, reads by the API. */
  function troubleOf({ trouble, closed }: PullReport): Trouble | null {
    if (closed === true) windowClosed = true;
    return trouble;
  }

  /** What a checker decided is known in this round; while an entry still waits, nothing here may end it. */
  async function settleVerdicts({ window: credential }: Reader): Promise<void> {
    if (credential === null) return;
    const waiting = store.read((read) =>
      read
        .commandsIn('inDoubt', WAITING_MOST)
        .flatMap(({ commandId, lastOutcome }) =>
          lastOutcome?.kind === 'waitingForChecker' && lastOutcome.serverCommandId !== null
            ? [{ commandId, serverCommandId: lastOutcome.serverCommandId }]
            : [],
        ),
    );
    if (waiting.length === 0) return;
    const answer = await parts.headOffice.window.commands(
      { which: 'these', commandIds: waiting.map((each) => each.serverCommandId) },
      credential,
    );
    if (!answer.ok) return;
    const still = new Set(answer.value.rows.filter((row) => row.unfinished).map((row) => row.auditId));
    const decided = waiting.filter(({ serverCommandId }) => !still.has(serverCommandId)).map(({ commandId }) => commandId);
    for (const subject of await sender.lookUpNow(decided)) touched.add(subject);
  }

  /** Whenever they were pulled, the oldest first, so that a walk that breaks off goes on where it ended. */
  function everyAccount(read: ReadStore): ShelfTargets {
    return {
      loans: read.accountsPulledBefore('loan', Number.MAX_SAFE_INTEGER, 1_000_000),
      savings: read.accountsPulledBefore('savings', Number.MAX_SAFE_INTEGER, 1_000_000),
    };
  }

  async function checkSignIns(): Promise<void> {
    for (const username of [...needsCheck]) {
      const credential = store.read((read) => credentialOf(read, parts.seals, username));
      if (credential === null) {
        needsCheck.delete(username);
        continue;
      }
      const answer = await parts.headOffice.signIn(credential);
      if (!answer.ok && answer.trouble.kind === 'signInNeeded') markSignInNeeded(parts, username);
      if (answer.ok) {
        store.write((write) => {
          const staff = write.staff(username);
          if (staff === null) return;
          const { permissions, officeServerId } = answer.value;
          write.saveStaff({ ...staff, permissions, officeServerId, lastOnlineAt: clock.now() });
        });
      }
      if (answer.ok || answer.trouble.kind === 'signInNeeded') needsCheck.delete(username);
    }
  }

  /**
   * Head office's day, asked with the sign-in of whoever reads: a day is told by head office itself, so the line carries and nobody has to ask
   * for that. Everything else is left to the question that anybody may ask, but for silence, which is the same for both.
   */
  async function askForToday() {
    const credential = store.read((read) => readerOf(read, parts.seals));
    if (credential === null) return null;
    const answer = await parts.headOffice.readToday(credential);
    return { credential, answer, isOwn: answer.ok ? answer.value !== null : answer.trouble.kind === 'unreachable' };
  }

  async function settleEnrolment(): Promise<void> {
    const credential = store.read((read) => readerOf(read, parts.seals));
    if (credential === null) return;
    await numbersGiven.settle(credential);
    await enrolment.settle(credential);
  }

  function peopleNeeded(): readonly string[] {
    return store.read((read) => {
      const waiting = waitingForSignIn(read);
      const nobodyReads = readerOf(read, parts.seals) === null && windowReaderOf(read, parts.seals) === null;
      return waiting.length === 0 && nobodyReads ? [''] : waiting;
    });
  }

  function accountsOf(subjects: ReadonlySet<string>): ShelfTargets {
    return store.read((read) => {
      // Of a group that is closed head office's trail names no office, so that nobody at a branch is told of it.
      const found = { loan: [] as number[], savings: [] as number[], group: [] as number[] };
      for (const subject of subjects) {
        const [kind, localId = ''] = subject.split(':');
        const serverId = kind === 'loan' || kind === 'savings' || kind === 'group' ? read.serverIdOf(kind, localId) : null;
        if (serverId !== null) found[kind as keyof typeof found].push(serverId);
      }
      return { loans: found.loan, savings: found.savings, groups: found.group };
    });
  }

  async function noteTrouble(trouble: Trouble, { person }: Reader): Promise<number> {
    // Whether it is head office that answers so, or somebody in its place, is known at once and not a minute later.
    const awayMs = trouble.kind === 'refused' ? null : noteReach(await parts.headOffice.reach());
    if (awayMs !== null) return awayMs;
    switch (trouble.kind) {
      case 'unreachable':
        return LINE_DOWN_FIRST_MS * (0.5 + 0.5 * parts.chance.fraction());
      case 'signInNeeded':
        if (person !== null) markSignInNeeded(parts, person.username);
        setState({ signInNeededFor: peopleNeeded() });
        return 1_000;
      case 'refused':
      case 'nonsense':
        parts.diagnostics.record('warning', 'pull.trouble', {
          kind: trouble.kind,
          detail: detailOf(trouble),
        });
        setState({ headOffice: 'trouble', trouble: { kind: trouble.kind, detail: detailOf(trouble) } });
        return TROUBLE_MS;
    }
  }

  /** What was due when the sender ended and still waits cannot go yet (its maker must sign in, an earlier one stands before it): it wakes nobody. */
  function pauseUntilNext(drainedAt: number, now: number): number {
    const next = store.read((read) => read.nextAttemptAt(drainedAt));
    if (next === null) return IDLE_MS;
    return Math.min(Math.max(next - now, 250), IDLE_MS);
  }

  return {
    start() {
      if (running) return;
      running = true;
      const kept = store.read(syncStateOf);
      setState({ firstPullDone: kept.firstPullDoneAt !== null, lastFinishedAt: kept.lastFinishedAt });
      ended = loop();
    },
    async stop() {
      running = false;
      nap?.wake();
      await ended;
      await sender.ended();
    },
    wake(lists = false) {
      if (lists) puller.wantLists();
      woken = true;
      nap?.wake();
      sender.nudge();
    },
    state: () => state,
    lookAgain: (commandId, credential) => sender.lookAgain(commandId, credential),
    async refresh(targets, credential) {
      const report = await puller.pullAccountsSoon(targets, { person: credential, window: null });
      if (!inCycle) setState({ progress: null });
      await verifySuspects();
      if (report.trouble !== null) return { ok: false, trouble: report.trouble };
      if ((parts.picturesPerRound ?? 0) > 0 && !isLineSlow()) await quietly(() => pictures.pullThese(targets.clients ?? [], credential));
      return { ok: true, value: { at: clock.now() } };
    },
  };
}
