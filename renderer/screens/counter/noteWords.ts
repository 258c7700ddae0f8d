// Notes and coins in one line of words: '3 × 1,000, 2 × 200'.

import type { Pieces } from '../../../shared/domain/cash/pieces.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../../app/format.ts';

export function useNoteWords(): (pieces: Pieces, currency: Currency) => string {
  const { t } = useI18n();
  const format = useFormat();
  return (pieces, currency) =>
    pieces
      .map(({ as, faceMinor, count }) => t(`receipt.report.piece.${as}`, { count, face: format.money(faceMinor, currency) }))
      .join(', ');
}
