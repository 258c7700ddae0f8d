// A share of Windows is written with two strokes before the PC's name, in every language: the words pass through a compiler that eats one.
import { expect, test } from 'vitest';
import { createPageI18n } from '../../renderer/app/i18n.ts';

test.each(['en', 'es', 'fr'] as const)('the share of a printer keeps its strokes in %s', (language) => {
  const i18n = createPageI18n();
  i18n.global.locale.value = language;
  expect(i18n.global.t('desks.printers.pathHint')).toMatch(/(^|[^\\])\\\\localhost\\[A-Z]/);
});
