// Ink and paper as Vuetify themes (look.md 6): every pair of colours is AA or better by the WCAG 2 formula. tawi.css gives these the
// short names that components use; no component may write a colour of its own except what is printed on paper.

import { useI18n } from 'vue-i18n';
import { createVuetify } from 'vuetify';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';
import { createVueI18nAdapter } from 'vuetify/locale/adapters/vue-i18n';
import { chosenLook } from './choices.ts';
import { styleNonce } from './styleNonce.ts';
import type { PageI18n } from './i18n.ts';

const light = {
  background: '#EDF0EB',
  surface: '#FFFFFF',
  'surface-light': '#F5F7F3',
  'on-surface': '#13201A',
  'on-background': '#13201A',
  'on-surface-variant': '#425048',
  ink2: '#425048',
  ink3: '#58665E',
  edge: '#7A867F',
  line: '#DCE2DB',
  primary: '#12392E',
  'on-primary': '#FFFFFF',
  'primary-soft': '#E3EEE8',
  rail: '#0F2A22',
  'on-rail': '#C4D6CC',
  'rail-lit': '#1E4438',
  saved: '#3C4A5E',
  'saved-soft': '#E8ECF1',
  sent: '#1A5FA8',
  'sent-soft': '#E4EEF8',
  info: '#1A5FA8',
  confirmed: '#1A6B3C',
  'confirmed-soft': '#E2F1E7',
  success: '#1A6B3C',
  needs: '#B42A12',
  'needs-soft': '#FBE9E4',
  error: '#B42A12',
  warning: '#835400',
  'warning-soft': '#FBF0D6',
  focus: '#F0A500',
  mark: '#FFE3A0',
  slip: '#FFFEFA',
  'slip-ink': '#1B1B19',
};

const dark: typeof light = {
  background: '#0B1210',
  surface: '#141D19',
  'surface-light': '#101814',
  'on-surface': '#E8EFEA',
  'on-background': '#E8EFEA',
  'on-surface-variant': '#B6C3BC',
  ink2: '#B6C3BC',
  ink3: '#98A79F',
  edge: '#73837B',
  line: '#2B3933',
  primary: '#BCE3D0',
  'on-primary': '#08251B',
  'primary-soft': '#1D3029',
  rail: '#070C0A',
  'on-rail': '#A9BBB1',
  'rail-lit': '#1B2C25',
  saved: '#B9C5D8',
  'saved-soft': '#232C38',
  sent: '#8FBEF3',
  'sent-soft': '#152B42',
  info: '#8FBEF3',
  confirmed: '#84D2A1',
  'confirmed-soft': '#15301F',
  success: '#84D2A1',
  needs: '#FF9E88',
  'needs-soft': '#3D1C14',
  error: '#FF9E88',
  warning: '#F0C062',
  'warning-soft': '#352A10',
  focus: '#FFC44D',
  mark: '#5A4510',
  slip: '#F3F1EA',
  'slip-ink': '#1B1B19',
};

const emphasis = { 'border-opacity': 1, 'hover-opacity': 0.04, 'high-emphasis-opacity': 1, 'medium-emphasis-opacity': 1 };

export function createPageVuetify(i18n: PageI18n) {
  const cspNonce = styleNonce();
  return createVuetify({
    locale: { adapter: createVueI18nAdapter({ i18n, useI18n }) },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: {
      defaultTheme: chosenLook(),
      ...(cspNonce === '' ? {} : { cspNonce }),
      themes: {
        light: { dark: false, colors: light, variables: { 'border-color': '#DCE2DB', ...emphasis } },
        dark: { dark: true, colors: dark, variables: { 'border-color': '#2B3933', ...emphasis } },
      },
    },
    defaults: {
      global: { ripple: false },
      VBtn: { flat: true, rounded: '9px', height: 42, variant: 'outlined' },
      VTextField: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto' },
      VTextarea: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto', rows: 2 },
      VSelect: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto', menuProps: { transition: false } },
      VDialog: { maxWidth: 480, transition: false, persistent: true },
      VMenu: { transition: false },
      VIcon: { size: 20 },
    },
  });
}
