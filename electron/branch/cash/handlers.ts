// The drawer, the business day, the receipts and the drafts, as the contract asks for them.

import { Redacted } from '../../../shared/kernel/redacted.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { checkHead, closeDay, closeDayInError, reopenDay, showDay } from './businessDay.ts';
import { bringDeviceKeys, checkPaper, listDeviceKeys } from './checkPaper.ts';
import { sayDate } from './dateDoubt.ts';
import { discardDraft, keepDraft, listDrafts, showDraft } from './drafts.ts';
import { identityOf } from '../../journal/settings.ts';
import { currenciesOf } from './currencies.ts';
import { drawerView } from './drawerView.ts';
import { checkOpening, closeDrawer, countDrawer, openDrawer } from './drawers.ts';
import { showNotes } from './noteStock.ts';
import { voidReceipt } from '../counter/voidReceipt.ts';
import { showOverShort } from './overShort.ts';
import { listReports, showReport, showX } from './reports.ts';
import { listReceipts, markPrinted, showReceipt } from './receipts.ts';
import { isOffered } from '../counter/paidWith.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { checkPasswordHere } from '../session/signIn.ts';

export function cashHandlers({
  parts,
  admitted,
  clockWatch,
  drawerMoved,
}: NounParts): Pick<BranchHandlers, 'cash' | 'receipts' | 'drafts'> {
  return {
    cash: {
      showNotes: (input, caller) => showNotes(parts, admitted(caller), input),
      showDrawer: (input, caller) =>
        parts.store.read((read) => {
          const { username } = admitted(caller);
          const drawer = read.openDrawerOf(username, input.currency);
          return ok(drawer === null ? null : drawerView(read, drawer, username));
        }),
      listCurrencies: (_input, caller) =>
        parts.store.read((read) => {
          const open = new Set(read.openDrawersOf(admitted(caller).username).map(({ currency }) => currency));
          const own = identityOf(read).currency.code;
          return ok(currenciesOf(read).map((currency) => ({ currency, isOwn: currency.code === own, hasDrawer: open.has(currency.code) })));
        }),
      checkOpening: (input, caller) => checkOpening(parts, clockWatch, admitted(caller), input),
      openDrawer: (input, caller) => drawerMoved(openDrawer(parts, clockWatch, admitted(caller), input)),
      countDrawer: (input, caller) => drawerMoved(countDrawer(parts, admitted(caller), input)),
      closeDrawer: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await checkAgreement(parts, input.approval, session, 'day.close');
        return approver.ok ? drawerMoved(closeDrawer(parts, session, input, approver.value)) : approver;
      },
      showDay: (_input, caller) => showDay(parts, admitted(caller)),
      showX: (input, caller) => showX(parts, admitted(caller), input),
      showOverShort: (_input, caller) => showOverShort(parts, admitted(caller)),
      listReports: (input) => listReports(parts, input),
      showReport: (input) => showReport(parts, input),
      checkHead: (input) => checkHead(parts, input),
      closeDay: (_input, caller) => drawerMoved(closeDay(parts, admitted(caller))),
      reopenDay: (input, caller) => drawerMoved(reopenDay(parts, clockWatch, admitted(caller), input)),
      closeDayInError: (input, caller) => drawerMoved(closeDayInError(parts, clockWatch, admitted(caller), input)),
      sayDate: async (input, caller) => {
        const session = admitted(caller);
        let by = session.username;
        if (input.approval !== undefined) {
          const checked = await checkPasswordHere(parts, input.approval.username, new Redacted(input.approval.password));
          if (!checked.ok) return refuse({ code: 'approval.wrongPassword' });
          by = checked.value.username;
        }
        const said = sayDate(parts, session, input, by);
        if (said.ok) parts.events.tell({ what: 'start.changed' });
        return said;
      },
      listPaymentTypes: () =>
        ok(
          parts.store
            .read((read) => read.reference('paymentTypes'))
            .filter(isOffered)
            .map((row) => ({ paymentTypeId: row.serverId, name: row.name, cash: row.body['isCashPayment'] === true })),
        ),
    },
    receipts: {
      list: (input, caller) => listReceipts(parts, admitted(caller), input),
      show: (input) => showReceipt(parts, input),
      check: (input) => checkPaper(parts, input),
      listKeys: () => listDeviceKeys(parts),
      bringKeys: (input, caller) => bringDeviceKeys(parts, admitted(caller), input),
      void: (input, caller) => {
        const answer = voidReceipt(parts, clockWatch, admitted(caller), input);
        if (answer.ok) {
          parts.events.tell({ what: 'account.changed', clientIds: [] });
          parts.events.tell({ what: 'drawer.changed' });
          parts.events.tell({ what: 'sync.changed' });
        }
        return answer;
      },
      markPrinted: (input, caller) => {
        const answer = markPrinted(parts, admitted(caller), input);
        if (answer.ok) parts.events.tell({ what: 'printing.changed' });
        return answer;
      },
    },
    drafts: {
      keep: (input, caller) => keepDraft(parts, admitted(caller), input),
      show: (input, caller) => showDraft(parts, admitted(caller), input),
      list: (_input, caller) => listDrafts(parts, admitted(caller)),
      discard: (input, caller) => discardDraft(parts, admitted(caller), input),
    },
  };
}
