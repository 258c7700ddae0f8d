// What a shelf is called; one that has no word yet goes by its own name.

import { useI18n } from 'vue-i18n';

export function useShelfName(): (shelf: string) => string {
  const { t, te } = useI18n();
  return (shelf) => (te(`desks.shelf.${shelf}`, 'en') ? t(`desks.shelf.${shelf}`) : shelf);
}
