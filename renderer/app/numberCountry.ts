// In which country's writing this page shows and reads numbers. It knows one code and nothing of formats.

import { shallowRef } from 'vue';

/**
 * The institution's country, two letters: a language is written with other signs in other countries (1.234,50 in Madrid, 1,234.50 in Mexico).
 * One fact for the whole page, told by the branch; null before it is known.
 */
export const numberCountry = shallowRef<string | null>(null);
