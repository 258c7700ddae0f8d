// What a form of head office's own screens would be filled with for a client, new or known.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { dateArray } from '../dates.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { codeValueOptions, staffOptions } from '../options.ts';
import { savingsProductOptions } from '../savings/savingsTemplates.ts';

export function officeOptions(call: Call): object[] {
  const rows = call.office.book.all('SELECT id, name, hierarchy FROM office ORDER BY id') as {
    id: number;
    name: string;
    hierarchy: string;
  }[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    nameDecorated: '....'.repeat(row.hierarchy.split('.').length - 2) + row.name,
  }));
}

export function familyOptions(call: Call): object {
  return {
    relationshipIdOptions: codeValueOptions(call, 'RELATIONSHIP'),
    genderIdOptions: codeValueOptions(call, 'Gender'),
    maritalStatusIdOptions: codeValueOptions(call, 'MARITAL STATUS'),
    professionIdOptions: codeValueOptions(call, 'PROFESSION'),
  };
}

/** The choices, which a known client's template adds to the client. */
export function clientChoices(call: Call): object {
  return {
    savingProductOptions: savingsProductOptions(call),
    genderOptions: codeValueOptions(call, 'Gender'),
    clientTypeOptions: codeValueOptions(call, 'ClientType'),
    clientClassificationOptions: codeValueOptions(call, 'ClientClassification'),
    clientNonPersonConstitutionOptions: codeValueOptions(call, 'Constitution'),
    clientNonPersonMainBusinessLineOptions: codeValueOptions(call, 'Main Business Line'),
    clientLegalFormOptions: [
      { id: 1, code: 'legalFormType.person', value: 'Person' },
      { id: 2, code: 'legalFormType.entity', value: 'Entity' },
    ],
    familyMemberOptions: familyOptions(call),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  close: 'ClientClosureReason',
  reject: 'ClientRejectReason',
  withdraw: 'ClientWithdrawReason',
};

export function clientTemplate(call: Call): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  // In front of a turn the form has the reasons for it, and nothing else.
  const reasons = REASONS[call.query.get('commandParam') ?? ''];
  if (reasons !== undefined) return reply({ isStaff: false, narrations: codeValueOptions(call, reasons) });
  const asked = call.query.get('officeId');
  const officeId = asked === null ? call.caller.officeId : Number(asked);
  return reply({
    activationDate: dateArray(businessDate(call.office)),
    isStaff: false,
    officeId,
    officeOptions: officeOptions(call),
    staffOptions: asked === null ? undefined : staffOptions(call, officeId),
    ...clientChoices(call),
    address: [null],
    isAddressEnabled: false,
  });
}
