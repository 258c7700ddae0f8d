// The reports that practice can play, with the columns and their kinds as a real head office gave them. Practice runs no statement: what a
// report's name promises is answered from its own book.

export interface PlayedReport {
  readonly parameters: readonly string[];
  readonly columns: readonly { readonly name: string; readonly kind: string }[];
}

function played(parameters: string, columns: string): PlayedReport {
  return {
    parameters: parameters.split(' '),
    columns: columns
      .trim()
      .split(/\s+/)
      .map((each) => {
        const [name = '', kind = ''] = each.split(':');
        return { name, kind };
      }),
  };
}

export const PLAYED: Readonly<Record<string, PlayedReport>> = {
  'Tawi Clients': played(
    'after most mode ids since',
    `
      id:BIGINT account:VARCHAR external:VARCHAR status:INTEGER display:VARCHAR first:VARCHAR middle:VARCHAR last:VARCHAR
      full:VARCHAR mobile:VARCHAR born:DATE gender:VARCHAR activated:DATE legal:INTEGER office:BIGINT tooffice:BIGINT
      staffid:BIGINT staff:VARCHAR image:BIGINT closed:DATE modified:VARCHAR
    `,
  ),
  'Tawi Groups': played(
    'after most mode ids',
    `
      id:BIGINT account:VARCHAR external:VARCHAR name:VARCHAR status:INTEGER level:INTEGER parent:BIGINT office:BIGINT
      staffid:BIGINT staff:VARCHAR activated:DATE member:BIGINT role:VARCHAR savings:BIGINT
    `,
  ),
  'Tawi Loans': played(
    'after most mode ids since tx',
    `
      id:BIGINT account:VARCHAR external:VARCHAR client:BIGINT groupid:BIGINT type:SMALLINT product:VARCHAR productid:BIGINT
      currency:VARCHAR decimals:SMALLINT multiples:SMALLINT status:SMALLINT substatus:SMALLINT officer:BIGINT strategy:VARCHAR
      recalculates:INTEGER tranches:INTEGER floating:INTEGER variable:INTEGER downpayment:INTEGER chargedoff:INTEGER fraud:INTEGER
      submitted:DATE approved:DATE expected:DATE disbursed:DATE matures:DATE closed:DATE principal:DECIMAL
      approvedprincipal:DECIMAL disbursedamount:DECIMAL outstanding:DECIMAL principalleft:DECIMAL interestleft:DECIMAL
      feesleft:DECIMAL penaltiesleft:DECIMAL repaid:DECIMAL expectedtotal:DECIMAL overpaid:DECIMAL installments:SMALLINT
      atpayout:DECIMAL topup:INTEGER version:INTEGER modified:VARCHAR
    `,
  ),
  'Tawi LoanPeriods': played(
    'ids after most',
    `
      id:BIGINT loan:BIGINT period:SMALLINT due:DATE met:DATE principal:DECIMAL principalleft:DECIMAL interest:DECIMAL
      interestleft:DECIMAL fees:DECIMAL feesleft:DECIMAL penalties:DECIMAL penaltiesleft:DECIMAL paid:DECIMAL
    `,
  ),
  'Tawi LoanTransactions': played(
    'ids after most',
    `
      id:BIGINT loan:BIGINT type:SMALLINT day:DATE amount:DECIMAL principal:DECIMAL interest:DECIMAL fees:DECIMAL penalties:DECIMAL
      overpayment:DECIMAL balance:DECIMAL reversed:INTEGER external:VARCHAR receipt:VARCHAR paytype:INTEGER entered:DATE
      byuser:BIGINT
    `,
  ),
  'Tawi LoanCharges': played(
    'ids after most',
    `
      id:BIGINT loan:BIGINT charge:BIGINT name:VARCHAR time:SMALLINT calculation:SMALLINT penalty:INTEGER due:DATE amount:DECIMAL
      paid:DECIMAL waivedamount:DECIMAL writtenoff:DECIMAL outstanding:DECIMAL ispaid:INTEGER waived:INTEGER external:VARCHAR
    `,
  ),
  'Tawi Savings': played(
    'after most mode ids since tx',
    `
      id:BIGINT account:VARCHAR external:VARCHAR client:BIGINT groupid:BIGINT deposit:SMALLINT product:VARCHAR productid:BIGINT
      currency:VARCHAR decimals:SMALLINT multiples:SMALLINT status:SMALLINT substatus:SMALLINT blockreason:VARCHAR balance:DECIMAL
      held:DECIMAL guaranteeheld:DECIMAL minimum:DECIMAL enforced:INTEGER overdraft:INTEGER overdraftlimit:DECIMAL lien:INTEGER
      lienlimit:DECIMAL lockeduntil:DATE lockcount:DECIMAL lockunit:SMALLINT submitted:DATE activated:DATE closed:DATE rate:DECIMAL
      officer:BIGINT version:INTEGER modified:VARCHAR
    `,
  ),
  'Tawi SavingsCharges': played(
    'ids after most',
    `
      id:BIGINT savings:BIGINT charge:BIGINT name:VARCHAR time:SMALLINT calculation:SMALLINT penalty:INTEGER active:INTEGER
      due:DATE amount:DECIMAL percent:DECIMAL outstanding:DECIMAL free:INTEGER freecount:INTEGER limited:INTEGER paytype:INTEGER
    `,
  ),
  'Tawi SavingsTransactions': played(
    'ids after most',
    `
      id:BIGINT savings:BIGINT type:SMALLINT day:DATE amount:DECIMAL balance:DECIMAL reversed:INTEGER reversal:INTEGER
      original:BIGINT releasedby:BIGINT heldfor:VARCHAR lien:INTEGER reference:VARCHAR receipt:VARCHAR paytype:INTEGER transfer:VARCHAR entered:DATE byuser:BIGINT
    `,
  ),
  'Tawi Commands': played(
    'after most mode ids action entity key',
    `
      id:BIGINT action:VARCHAR entity:VARCHAR status:SMALLINT code:INTEGER idempotency:VARCHAR maker:BIGINT made:VARCHAR
      checker:BIGINT checked:VARCHAR makername:VARCHAR checkername:VARCHAR resource:BIGINT subresource:BIGINT external:VARCHAR
      subexternal:VARCHAR transactionid:VARCHAR client:BIGINT loan:BIGINT savings:BIGINT groupid:BIGINT office:BIGINT url:VARCHAR
      result:VARCHAR
    `,
  ),
  'Tawi Papers': played(
    'ids after most',
    `
      pos:BIGINT kind:INTEGER id:BIGINT client:BIGINT text1:VARCHAR text2:VARCHAR text3:VARCHAR
    `,
  ),
  'Tawi Tally': played(
    'mode',
    `
      shelf:INTEGER what:VARCHAR rowsum:BIGINT top:BIGINT modified:VARCHAR
    `,
  ),
};
