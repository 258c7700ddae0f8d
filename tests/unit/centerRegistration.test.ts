// What the founding of a center says of itself: what it waits for, what is shown of it, and what a refusal may be answered with.

import { describe, expect, it } from 'vitest';
import { foldFields } from '../../shared/domain/clients/foldFields.ts';
import { isLocalNumber, localNumberOf, readLocalNumber } from '../../shared/domain/clients/localNumber.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { centerRegistration, type CenterRegistrationPayload } from '../../shared/domain/commands/kinds/centerRegistration.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';

const center = { kind: 'center', localId: '01930000-0000-7000-8000-000000000900' as LocalId } as const;
const groups = ['01930000-0000-7000-8000-000000000901', '01930000-0000-7000-8000-000000000902'] as LocalId[];
const founding: CenterRegistrationPayload = {
  kind: 'centerRegistration',
  centerId: center.localId,
  localNumber: localNumberOf('C', 'KTL', '01', 7),
  officeServerId: 2,
  name: 'Soko Kuu',
  externalId: null,
  staff: { serverId: 4, name: 'Peter Barasa' },
  submittedOn: '2026-11-20',
  activationDate: '2026-11-20',
  groups,
};

describe('founding a center', () => {
  it('waits for each of its groups, and makes the center known', () => {
    expect(kindOf('centerRegistration').refersTo(founding)).toEqual(groups.map((localId) => ({ kind: 'group', localId })));
    expect(kindOf('centerRegistration').teaches(founding)).toEqual(center);
  });

  it.each([
    ['2026-11-20', 'active'],
    [null, 'pending'],
  ] as const)('active from %s it is shown as %s', (activationDate, state) => {
    const shown = foldFields(centerRegistration.changes({ ...founding, activationDate }), center);
    expect(shown.state).toBe(state);
    expect(shown.fields).toMatchObject({ name: 'Soko Kuu', staffName: 'Peter Barasa' });
  });

  it('its number is one of ours, by its own letter, and a letter that nobody gives is none', () => {
    expect(readLocalNumber(founding.localNumber)).toEqual({ officeCode: 'KTL', deviceCode: '01', sequence: 7 });
    expect(isLocalNumber(founding.localNumber.replace('C', 'X'))).toBe(false);
    expect(isLocalNumber(founding.localNumber.replace('C', 'G'))).toBe(false);
  });

  it.each([
    ['another name', { name: '  Soko   Dogo ' }, { name: 'Soko Dogo', externalId: null }],
    ['a number of the institution', { externalId: ' KITUO-1 ' }, { name: 'Soko Kuu', externalId: 'KITUO-1' }],
  ])('said anew under %s', (_what, fields, after) => {
    expect(centerRegistration.edit(founding, fields)).toEqual({ ...founding, ...after });
  });

  it.each([
    ['no name', { name: ' ' }],
    ['a name that is too long', { name: 'x'.repeat(101) }],
    ['a number that is too long', { externalId: 'x'.repeat(101) }],
    ['a number of ours', { externalId: localNumberOf('G', 'KTL', '01', 3) }],
  ])('is not said anew with %s', (_what, fields) => {
    expect(centerRegistration.edit(founding, fields)).toBeNull();
  });
});
