// The prepared reports through which a branch reads head office: their names, their SQL as it was tried on a real head office, and the columns
// that are read from each by name. Names and columns are persisted at every head office: add, never rename, and raise the version with every
// change. A report writes nothing. Head office pastes the parameters into the text, so only numbers, words of ours and keys ever go in.
//
// Head office wraps the text as `select x.* from (...) x`: "order by" decides which rows come, never in which order. No column may be called
// like a word that it replaces (now, curdate, current_date), and a name may hold no underscore.

export interface Report {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly columns: readonly string[];
  readonly sql: string;
}

/** A Tawi that finds a higher one at head office leaves it alone and reads by its columns. */
export const REPORTS_VERSION = 5;

/** Tells in head office's own list whose report it is and of which version. */
export function descriptionOf(version: number): string {
  return `Tawi reads a branch through this report. Version ${version}`;
}

export function versionIn(description: string | null): number | null {
  const digits = /^Tawi reads .* Version (\d{1,6})$/.exec(description ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** `:name` stands for head office's placeholder. */
function oneLine(text: string): string {
  return words(text)
    .join(' ')
    .replace(/:([a-z]\w*)/gi, '${$1}');
}

/** The reader's own office and those below it; `o` is the office of whoever owns a row. */
const IN_OFFICE = "o.hierarchy like concat(':currentUserHierarchy', '%')";

/** A client who is on the way to another office is seen by both; `o2` is where such a client goes. */
const IN_SCOPE = `(${IN_OFFICE} or o2.hierarchy like concat(':currentUserHierarchy', '%'))`;

/** From an account to its client or its group, and to their offices. */
function ownersOf(account: 'l' | 's'): string {
  return `left join m_client c on c.id = ${account}.client_id
      left join m_group g on g.id = ${account}.group_id
      left join m_office o on o.id = coalesce(c.office_id, g.office_id)
      left join m_office o2 on o2.id = c.transfer_to_office_id`;
}

export const REPORTS = {
  /** Clients in scope; mode 0 all, 1 those of ids, 2 changed since. */
  clients: {
    name: 'Tawi Clients',
    parameters: words('after most mode ids since'),
    columns: words(`
      id account external status display first middle last full mobile born gender activated legal office tooffice staffid
      staff image closed modified
    `),
    sql: oneLine(`
      select c.id as id, c.account_no as account, c.external_id as external, c.status_enum as status, c.display_name as
      display, c.firstname as first, c.middlename as middle, c.lastname as last, c.fullname as full, c.mobile_no as mobile,
      c.date_of_birth as born, gv.code_value as gender, c.activation_date as activated, c.legal_form_enum as legal,
      c.office_id as office, c.transfer_to_office_id as tooffice, c.staff_id as staffid, st.display_name as staff, c.image_id
      as image, c.closedon_date as closed, concat(c.last_modified_on_utc, '') as modified
      from m_client c
      left join m_office o on o.id = c.office_id
      left join m_office o2 on o2.id = c.transfer_to_office_id
      left join m_staff st on st.id = c.staff_id
      left join m_code_value gv on gv.id = c.gender_cv_id
      where c.id > :after and (:mode = 0 or (:mode = 1 and c.id in (:ids)) or (:mode = 2 and (c.last_modified_on_utc >=
      timestamp '1970-01-01 00:00:00' + interval ':since' second)))
      and ${IN_SCOPE}
      order by c.id limit :most
    `),
  },
  /**
   * Groups (level 2, no centres) in scope, one row per member, role and savings account of the group's own (those of members are not), one
   * row without member where there is none; pages by group.
   */
  groups: {
    name: 'Tawi Groups',
    parameters: words('after most mode ids'),
    columns: words('id account external name status level parent office staffid staff activated member role savings'),
    sql: oneLine(`
      select g.id as id, g.account_no as account, g.external_id as external, g.display_name as name, g.status_enum as status,
      g.level_id as level, g.parent_id as parent, g.office_id as office, g.staff_id as staffid, st.display_name as staff,
      g.activation_date as activated, gc.client_id as member, rv.code_value as role, sv.id as savings
      from (select gg.*
      from m_group gg
      join m_office o on o.id = gg.office_id
      where gg.id > :after and gg.level_id = 2 and (:mode = 0 or gg.id in (:ids)) and ${IN_OFFICE}
      order by gg.id limit :most) g
      left join m_staff st on st.id = g.staff_id
      left join m_group_client gc on gc.group_id = g.id
      left join m_group_roles gr on gr.group_id = g.id and gr.client_id = gc.client_id
      left join m_code_value rv on rv.id = gr.role_cv_id
      left join m_savings_account sv on sv.group_id = g.id and sv.client_id is null
      order by g.id, gc.client_id
    `),
  },
  /** Loans in scope; mode 0 all, 1 those of ids, 2 changed since or with a transaction above tx. */
  loans: {
    name: 'Tawi Loans',
    parameters: words('after most mode ids since tx'),
    columns: words(`
      id account external client groupid type product productid currency decimals multiples status substatus officer
      strategy recalculates tranches floating variable downpayment chargedoff fraud submitted approved expected disbursed
      matures closed principal approvedprincipal disbursedamount outstanding principalleft interestleft feesleft
      penaltiesleft repaid expectedtotal overpaid installments atpayout topup version modified
    `),
    sql: oneLine(`
      select l.id as id, l.account_no as account, l.external_id as external, l.client_id as client, l.group_id as groupid,
      l.loan_type_enum as type, p.name as product, l.product_id as productid, l.currency_code as currency, l.currency_digits
      as decimals, l.currency_multiplesof as multiples, l.loan_status_id as status, l.loan_sub_status_id as substatus,
      l.loan_officer_id as officer, l.loan_transaction_strategy_code as strategy, case when l.interest_recalculation_enabled
      then 1 else 0 end as recalculates, case when p.allow_multiple_disbursals then 1 else 0 end as tranches, case when
      l.is_floating_interest_rate then 1 else 0 end as floating, case when p.allow_variabe_installments then 1 else 0 end as
      variable, case when l.enable_down_payment then 1 else 0 end as downpayment, case when l.is_charged_off then 1 else 0 end
      as chargedoff, case when l.is_fraud then 1 else 0 end as fraud, l.submittedon_date as submitted, l.approvedon_date as
      approved, l.expected_disbursedon_date as expected, l.disbursedon_date as disbursed, l.expected_maturedon_date as
      matures, l.closedon_date as closed, l.principal_amount as principal, l.approved_principal as approvedprincipal,
      l.principal_disbursed_derived as disbursedamount, l.total_outstanding_derived as outstanding,
      l.principal_outstanding_derived as principalleft, l.interest_outstanding_derived as interestleft,
      l.fee_charges_outstanding_derived as feesleft, l.penalty_charges_outstanding_derived as penaltiesleft,
      l.total_repayment_derived as repaid, l.total_expected_repayment_derived as expectedtotal, l.total_overpaid_derived as
      overpaid, l.number_of_repayments as installments, l.total_charges_due_at_disbursement_derived as atpayout,
      case when l.is_topup = 1 then 1 else 0 end as topup, l.version as version, concat(l.last_modified_on_utc, '') as modified
      from m_loan l
      left join m_product_loan p on p.id = l.product_id
      ${ownersOf('l')}
      where l.id > :after and (:mode = 0 or (:mode = 1 and l.id in (:ids)) or (:mode = 2 and (l.last_modified_on_utc >=
      timestamp '1970-01-01 00:00:00' + interval ':since' second or (:tx > 0 and l.id in (select x.loan_id
      from m_loan_transaction x
      where x.id > :tx)))))
      and ${IN_SCOPE}
      order by l.id limit :most
    `),
  },
  /** Instalments of the loans in ids. */
  loanPeriods: {
    name: 'Tawi LoanPeriods',
    parameters: words('ids after most'),
    columns: words('id loan period due met principal principalleft interest interestleft fees feesleft penalties penaltiesleft paid'),
    sql: oneLine(`
      select s.id as id, s.loan_id as loan, s.installment as period, s.duedate as due, s.obligations_met_on_date as met,
      coalesce(s.principal_amount, 0) as principal, coalesce(s.principal_amount, 0) - coalesce(s.principal_completed_derived,
      0) - coalesce(s.principal_writtenoff_derived, 0) as principalleft, coalesce(s.interest_amount, 0) as interest,
      coalesce(s.interest_amount, 0) - coalesce(s.interest_completed_derived, 0) - coalesce(s.interest_waived_derived, 0) -
      coalesce(s.interest_writtenoff_derived, 0) as interestleft, coalesce(s.fee_charges_amount, 0) as fees,
      coalesce(s.fee_charges_amount, 0) - coalesce(s.fee_charges_completed_derived, 0) -
      coalesce(s.fee_charges_waived_derived, 0) - coalesce(s.fee_charges_writtenoff_derived, 0) as feesleft,
      coalesce(s.penalty_charges_amount, 0) as penalties, coalesce(s.penalty_charges_amount, 0) -
      coalesce(s.penalty_charges_completed_derived, 0) - coalesce(s.penalty_charges_waived_derived, 0) -
      coalesce(s.penalty_charges_writtenoff_derived, 0) as penaltiesleft, coalesce(s.principal_completed_derived, 0) +
      coalesce(s.interest_completed_derived, 0) + coalesce(s.fee_charges_completed_derived, 0) +
      coalesce(s.penalty_charges_completed_derived, 0) as paid
      from m_loan_repayment_schedule s
      join m_loan l on l.id = s.loan_id
      ${ownersOf('l')}
      where s.loan_id in (:ids) and s.id > :after
      and ${IN_SCOPE}
      order by s.id limit :most
    `),
  },
  /** Transactions of the loans in ids, as REST shows them (not those that a replay replaced). */
  loanTransactions: {
    name: 'Tawi LoanTransactions',
    parameters: words('ids after most'),
    columns: words(`
      id loan type day amount principal interest fees penalties overpayment balance reversed external receipt paytype
      entered byuser
    `),
    sql: oneLine(`
      select x.id as id, x.loan_id as loan, x.transaction_type_enum as type, x.transaction_date as day, x.amount as amount,
      coalesce(x.principal_portion_derived, 0) as principal, coalesce(x.interest_portion_derived, 0) as interest,
      coalesce(x.fee_charges_portion_derived, 0) as fees, coalesce(x.penalty_charges_portion_derived, 0) as penalties,
      coalesce(x.overpayment_portion_derived, 0) as overpayment, x.outstanding_loan_balance_derived as balance, case when
      x.is_reversed then 1 else 0 end as reversed, x.external_id as external, pd.receipt_number as receipt, pd.payment_type_id
      as paytype, x.submitted_on_date as entered, x.created_by as byuser
      from m_loan_transaction x
      join m_loan l on l.id = x.loan_id
      ${ownersOf('l')}
      left join m_payment_detail pd on pd.id = x.payment_detail_id
      where x.loan_id in (:ids) and x.id > :after and x.transaction_type_enum not in (0, 3) and (x.is_reversed = false or
      x.manually_adjusted_or_reversed = true)
      and ${IN_SCOPE}
      order by x.id limit :most
    `),
  },
  /** Active charges of the loans in ids. */
  loanCharges: {
    name: 'Tawi LoanCharges',
    parameters: words('ids after most'),
    columns: words(`
      id loan charge name time calculation penalty due amount paid waivedamount writtenoff outstanding ispaid waived
      external
    `),
    sql: oneLine(`
      select k.id as id, k.loan_id as loan, k.charge_id as charge, ch.name as name, k.charge_time_enum as time,
      k.charge_calculation_enum as calculation, case when k.is_penalty then 1 else 0 end as penalty,
      k.due_for_collection_as_of_date as due, k.amount as amount, coalesce(k.amount_paid_derived, 0) as paid,
      coalesce(k.amount_waived_derived, 0) as waivedamount, coalesce(k.amount_writtenoff_derived, 0) as writtenoff,
      coalesce(k.amount_outstanding_derived, 0) as outstanding, case when k.is_paid_derived then 1 else 0 end as ispaid, case
      when k.waived then 1 else 0 end as waived, k.external_id as external
      from m_loan_charge k
      left join m_charge ch on ch.id = k.charge_id
      join m_loan l on l.id = k.loan_id
      ${ownersOf('l')}
      where k.loan_id in (:ids) and k.id > :after and k.is_active = true
      and ${IN_SCOPE}
      order by k.id limit :most
    `),
  },
  /**
   * Savings accounts in scope, of clients and of groups, fixed and recurring deposits too; mode 0 all, 1 those of ids, 2 changed since
   * or with a transaction above tx.
   */
  savings: {
    name: 'Tawi Savings',
    parameters: words('after most mode ids since tx'),
    columns: words(`
      id account external client groupid deposit product productid currency decimals multiples status substatus blockreason
      balance held guaranteeheld minimum enforced overdraft overdraftlimit lien lienlimit lockeduntil lockcount lockunit
      submitted activated closed rate officer version modified
    `),
    sql: oneLine(`
      select s.id as id, s.account_no as account, s.external_id as external, s.client_id as client, s.group_id as groupid,
      s.deposit_type_enum as deposit, p.name as product, s.product_id as productid, s.currency_code as currency,
      s.currency_digits as decimals, s.currency_multiplesof as multiples, s.status_enum as status, s.sub_status_enum as
      substatus, s.reason_for_block as blockreason, s.account_balance_derived as balance, s.total_savings_amount_on_hold as
      held, s.on_hold_funds_derived as guaranteeheld, s.min_required_balance as minimum, case when
      s.enforce_min_required_balance then 1 else 0 end as enforced, case when s.allow_overdraft then 1 else 0 end as
      overdraft, s.overdraft_limit as overdraftlimit, case when s.is_lien_allowed then 1 else 0 end as lien,
      s.max_allowed_lien_limit as lienlimit, s.lockedin_until_date_derived as lockeduntil, s.lockin_period_frequency as
      lockcount, s.lockin_period_frequency_enum as lockunit, s.submittedon_date as submitted, s.activatedon_date as activated,
      s.closedon_date as closed, s.nominal_annual_interest_rate as rate, s.field_officer_id as officer, s.version as version,
      concat(s.last_modified_on_utc, '') as modified
      from m_savings_account s
      left join m_savings_product p on p.id = s.product_id
      ${ownersOf('s')}
      where s.id > :after and s.deposit_type_enum = 100 and (:mode = 0 or (:mode = 1 and s.id in (:ids)) or (:mode = 2 and (s.last_modified_on_utc >=
      timestamp '1970-01-01 00:00:00' + interval ':since' second or (:tx > 0 and s.id in (select x.savings_account_id
      from m_savings_account_transaction x
      where x.id > :tx)))))
      and ${IN_SCOPE}
      order by s.id limit :most
    `),
  },
  /** Charges of the savings accounts in ids. */
  savingsCharges: {
    name: 'Tawi SavingsCharges',
    parameters: words('ids after most'),
    columns: words('id savings charge name time calculation penalty active due amount percent outstanding free freecount limited paytype'),
    sql: oneLine(`
      select k.id as id, k.savings_account_id as savings, k.charge_id as charge, ch.name as name, k.charge_time_enum as time,
      k.charge_calculation_enum as calculation, case when k.is_penalty then 1 else 0 end as penalty, case when k.is_active
      then 1 else 0 end as active, k.charge_due_date as due, k.amount as amount, k.calculation_percentage as percent,
      coalesce(k.amount_outstanding_derived, 0) as outstanding, case when ch.is_free_withdrawal then 1 else 0 end as free,
      ch.free_withdrawal_charge_frequency as freecount, case when ch.is_payment_type then 1 else 0 end as limited,
      ch.payment_type_id as paytype
      from m_savings_account_charge k
      left join m_charge ch on ch.id = k.charge_id
      join m_savings_account s on s.id = k.savings_account_id
      ${ownersOf('s')}
      where k.savings_account_id in (:ids) and k.id > :after
      and ${IN_SCOPE}
      order by k.id limit :most
    `),
  },
  /** Transactions of the savings accounts in ids. */
  savingsTransactions: {
    name: 'Tawi SavingsTransactions',
    parameters: words('ids after most'),
    columns: words(
      'id savings type day amount balance reversed reversal original releasedby heldfor lien reference receipt paytype transfer entered byuser',
    ),
    sql: oneLine(`
      select x.id as id, x.savings_account_id as savings, x.transaction_type_enum as type, x.transaction_date as day, x.amount
      as amount, x.running_balance_derived as balance, case when x.is_reversed then 1 else 0 end as reversed, case when
      x.is_reversal then 1 else 0 end as reversal, x.original_transaction_id as original, x.release_id_of_hold_amount as
      releasedby, x.reason_for_block as heldfor, case when x.is_lien_transaction then 1 else 0 end as lien, x.ref_no as reference, pd.receipt_number as
      receipt, pd.payment_type_id as paytype, coalesce(tf.description, tt.description) as transfer, x.submitted_on_date as
      entered, x.created_by as byuser
      from m_savings_account_transaction x
      join m_savings_account s on s.id = x.savings_account_id
      ${ownersOf('s')}
      left join m_payment_detail pd on pd.id = x.payment_detail_id
      left join m_account_transfer_transaction tf on tf.from_savings_transaction_id = x.id
      left join m_account_transfer_transaction tt on tt.to_savings_transaction_id = x.id
      where x.savings_account_id in (:ids) and x.id > :after
      and ${IN_SCOPE}
      order by x.id limit :most
    `),
  },
  /**
   * What became of commands; mode 0 all in scope, 1 the one with this action, entity and idempotency key (head office's unique index),
   * 2 those of ids, 3 awaiting a checker.
   */
  commands: {
    name: 'Tawi Commands',
    parameters: words('after most mode ids action entity key'),
    columns: words(`
      id action entity status code idempotency maker made checker checked makername checkername resource subresource
      external subexternal transactionid client loan savings groupid office url result
    `),
    sql: oneLine(`
      select a.id as id, a.action_name as action, a.entity_name as entity, a.status as status, a.result_status_code as code,
      concat(a.idempotency_key, '') as idempotency, a.maker_id as maker, concat(a.made_on_date_utc, '') as made, a.checker_id
      as checker, concat(a.checked_on_date_utc, '') as checked, mk.username as makername, ck.username as checkername,
      a.resource_id as resource, a.subresource_id as subresource, a.resource_external_id as external,
      a.subresource_external_id as subexternal, a.transaction_id as transactionid, coalesce(a.client_id, l.client_id,
      s.client_id) as client, l.id as loan, s.id as savings, coalesce(a.group_id, l.group_id, s.group_id) as groupid,
      coalesce(a.office_id, c.office_id, g.office_id) as office, a.api_get_url as url, case when :mode in (1, 2) then
      substring(a.result, 1, 500) end as result
      from m_portfolio_command_source a
      join m_appuser mk on mk.id = a.maker_id
      left join m_office mo on mo.id = mk.office_id
      left join m_appuser ck on ck.id = a.checker_id
      left join m_loan l on l.id = coalesce(a.loan_id, case when a.entity_name = 'LOAN' then a.resource_id end)
      left join m_savings_account s on s.id = coalesce(a.savings_account_id, case when a.entity_name = 'SAVINGSACCOUNT' then
      a.resource_id end)
      left join m_client c on c.id = coalesce(a.client_id, l.client_id, s.client_id, case when a.entity_name = 'CLIENT' then
      a.resource_id end)
      left join m_group g on g.id = coalesce(a.group_id, l.group_id, s.group_id)
      left join m_office o on o.id = coalesce(c.office_id, g.office_id, a.office_id)
      where a.id > :after and (:mode = 0 or (:mode = 1 and a.action_name = ':action' and a.entity_name = ':entity' and
      a.idempotency_key = ':key') or (:mode = 2 and a.id in (:ids)) or (:mode = 3 and a.status = 2) ) and (mo.hierarchy like
      concat(':currentUserHierarchy', '%') or ${IN_OFFICE})
      order by a.id limit :most
    `),
  },
  /** Identifiers, notes and documents of the clients in ids: kind 1 identifier, 2 note, 3 document; pages by pos (id * 4 + kind). */
  papers: {
    name: 'Tawi Papers',
    parameters: words('ids after most'),
    columns: words('pos kind id client text1 text2 text3'),
    sql: oneLine(`
      select q.id * 4 + q.kind as pos, q.kind as kind, q.id as id, q.client as client, q.text1 as text1, q.text2 as text2,
      q.text3 as text3
      from (select 1 as kind, i.id as id, i.client_id as client, v.code_value as text1, i.document_key as text2, i.description
      as text3
      from m_client_identifier i
      join m_code_value v on v.id = i.document_type_id
      where i.client_id in (:ids)
      union all select 2, nt.id, nt.client_id, nt.note, concat(nt.created_on_utc, ''), concat(nt.created_by, '')
      from m_note nt
      where nt.client_id in (:ids)
      union all select 3, d.id, d.parent_entity_id, d.name, d.file_name, d.type
      from m_document d
      where d.parent_entity_type = 'clients' and d.parent_entity_id in (:ids)) q
      join m_client c on c.id = q.client
      join m_office o on o.id = c.office_id
      left join m_office o2 on o2.id = c.transfer_to_office_id
      where q.id * 4 + q.kind > :after
      and ${IN_SCOPE}
      order by q.id * 4 + q.kind limit :most
    `),
  },
  /**
   * How many rows each shelf has in scope, the highest id and the newest change: proof of completeness, first cursors; mode 0 the
   * accounts, 1 transactions and instalments too (as slow as reading them), 2 only the three highest ids (three index look-ups: the
   * cheap question whether anything happened at all).
   */
  tally: {
    name: 'Tawi Tally',
    parameters: words('mode'),
    columns: words('shelf what rowsum top modified'),
    sql: oneLine(`
      select 1 as shelf, 'clients' as what, count(*) as rowsum, coalesce(max(c.id), 0) as top,
      concat(max(c.last_modified_on_utc), '') as modified
      from m_client c
      join m_office o on o.id = c.office_id
      left join m_office o2 on o2.id = c.transfer_to_office_id
      where ${IN_SCOPE}
      and :mode < 2
      union all select 2 as shelf, 'groups' as what, count(*) as rowsum, coalesce(max(g.id), 0) as top, null as modified
      from m_group g
      join m_office o on o.id = g.office_id
      where ${IN_OFFICE} and :mode < 2 and g.level_id = 2
      union all select 3 as shelf, 'members' as what, count(*) as rowsum, coalesce(max(gc.client_id), 0) as top, null as
      modified
      from m_group_client gc
      join m_group g on g.id = gc.group_id
      join m_office o on o.id = g.office_id
      where ${IN_OFFICE} and :mode < 2
      union all select 4 as shelf, 'loans' as what, count(*) as rowsum, coalesce(max(l.id), 0) as top,
      concat(max(l.last_modified_on_utc), '') as modified
      from m_loan l
      ${ownersOf('l')}
      where ${IN_SCOPE}
      and :mode < 2
      union all select 5 as shelf, 'savings' as what, count(*) as rowsum, coalesce(max(s.id), 0) as top,
      concat(max(s.last_modified_on_utc), '') as modified
      from m_savings_account s
      ${ownersOf('s')}
      where ${IN_SCOPE}
      and :mode < 2 and s.deposit_type_enum = 100
      union all select 6 as shelf, 'periods' as what, count(*) as rowsum, coalesce(max(x.id), 0) as top, null as modified
      from m_loan_repayment_schedule x
      join m_loan l on l.id = x.loan_id
      ${ownersOf('l')}
      where ${IN_SCOPE}
      and :mode = 1
      union all select 7 as shelf, 'loantransactions' as what, count(*) as rowsum, coalesce(max(x.id), 0) as top, null as
      modified
      from m_loan_transaction x
      join m_loan l on l.id = x.loan_id
      ${ownersOf('l')}
      where ${IN_SCOPE}
      and :mode = 1 and x.transaction_type_enum not in (0, 3) and (x.is_reversed = false or x.manually_adjusted_or_reversed =
      true)
      union all select 8 as shelf, 'savingstransactions' as what, count(*) as rowsum, coalesce(max(x.id), 0) as top, null as
      modified
      from m_savings_account_transaction x
      join m_savings_account s on s.id = x.savings_account_id
      ${ownersOf('s')}
      where ${IN_SCOPE}
      and :mode = 1
      union all select 9, 'anyloantransaction', 0, coalesce(max(x.id), 0), null
      from m_loan_transaction x
      union all select 10, 'anysavingstransaction', 0, coalesce(max(x.id), 0), null
      from m_savings_account_transaction x
      union all select 11, 'anycommand', 0, coalesce(max(x.id), 0), null
      from m_portfolio_command_source x
    `),
  },
} as const satisfies Readonly<Record<string, Report>>;

export type ReportKey = keyof typeof REPORTS;

export const ALL_REPORTS: readonly Report[] = Object.values(REPORTS);

/** The right to run it; head office makes it together with the report. */
export function rightOf(report: Report): string {
  return `READ_${report.name}`;
}
