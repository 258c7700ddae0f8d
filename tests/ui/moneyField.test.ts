// The money field as a person uses it: what is typed is grouped, what may not stand never gets in, and the amount is minor units.
import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { describe, expect, test } from 'vitest';
import { createI18n } from 'vue-i18n';
import MoneyField from '../../renderer/components/MoneyField.vue';

function fieldIn(locale: string, decimals = 2, amountMinor: number | null = null) {
  const i18n = createI18n({ legacy: false, locale, messages: { [locale]: {} } });
  return mount(MoneyField, {
    attachTo: document.body,
    props: { modelValue: amountMinor, currency: { code: 'KES', decimals }, testid: 'amount' },
    global: { plugins: [i18n] },
  });
}

async function type(field: ReturnType<typeof fieldIn>, keys: string): Promise<void> {
  const input = field.get('input').element;
  for (const key of keys) {
    const at = input.selectionStart ?? input.value.length;
    input.value = input.value.slice(0, at) + key + input.value.slice(input.selectionEnd ?? at);
    input.setSelectionRange(at + 1, at + 1);
    input.dispatchEvent(new InputEvent('input', { data: key, inputType: 'insertText' }));
    await nextTick();
    const amountMinor = (field.emitted('update:modelValue') as [number | null][] | undefined)?.at(-1)?.[0];
    if (amountMinor !== undefined) await field.setProps({ modelValue: amountMinor });
  }
}

test('digits are grouped while they are typed, and the amount is minor units', async () => {
  const field = fieldIn('en');
  await type(field, '8450');
  expect(field.get('input').element.value).toBe('8,450');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([845_000]);
  expect(field.text()).toContain('.00');
});

test('a letter where nothing stands and a leading zero never get in', async () => {
  const field = fieldIn('en');
  await type(field, 'a0084');
  expect(field.get('input').element.value).toBe('84');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([8_400]);
});

test.each(['4o0', '40;50', '40:50', '5٥0', '５0', '5k', '1e3', '(500)', '500%', '4_0'])(
  'whatever stands beside a digit stays, and is refused in words: %s',
  async (keys) => {
    const field = fieldIn('en');
    await type(field, keys);
    expect(field.get('input').element.value).toBe(keys);
    expect((field.emitted('update:modelValue') as [number | null][] | undefined)?.at(-1)?.[0] ?? null).toBeNull();
    expect(field.find('[data-testid="amount-unfit"]').exists()).toBe(true);
  },
);

test('the code of the currency may be typed behind the sum', async () => {
  const field = fieldIn('en');
  await type(field, '500 KES');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([50_000]);
});

test('a minus stays as it was typed, is no sum, and is refused in a sentence until it is gone', async () => {
  const field = fieldIn('en');
  await type(field, '-500');
  expect(field.get('input').element.value).toBe('-500');
  expect(field.emitted('update:modelValue')?.at(-1)?.[0] ?? null).toBeNull();
  expect(field.get('[data-testid="amount-unfit"]').text()).toContain('negative');
  expect(field.get('input').attributes('aria-invalid')).toBe('true');
  const input = field.get('input').element;
  input.value = '500';
  input.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward' }));
  await nextTick();
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([50_000]);
  expect(field.find('[data-testid="amount-unfit"]').exists()).toBe(false);
});

test.each([
  ['en', 2, '1.234'],
  ['fr', 2, '1,234'],
  ['en', 0, '5.5'],
])('digits finer than the currency are not cut away in silence (%s, %i decimals, %s)', async (locale, decimals, keys) => {
  const field = fieldIn(locale, decimals);
  await type(field, keys);
  expect(field.get('input').element.value).toBe(keys);
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([null]);
  expect(field.get('[data-testid="amount-unfit"]').text()).toContain('decimals');
});

test('a chosen sum takes the place of what was refused', async () => {
  const field = fieldIn('en');
  await type(field, '-5');
  await field.setProps({ modelValue: 12_300 });
  expect(field.get('input').element.value).toBe('123');
  expect(field.find('[data-testid="amount-unfit"]').exists()).toBe(false);
});

test('the decimal key of any keyboard is the decimal sign of the language', async () => {
  const field = fieldIn('fr');
  await type(field, '12.5');
  expect(field.get('input').element.value).toBe('12,5');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([1250]);
});

test('a product becomes its result on Enter', async () => {
  const field = fieldIn('en');
  await type(field, '12*500');
  expect(field.get('input').element.value).toBe('12 × 500');
  await field.get('input').trigger('keydown', { key: 'Enter' });
  expect(field.get('input').element.value).toBe('6,000');
  expect(field.emitted('enter')).toHaveLength(1);
});

test('a preset replaces what was typed', async () => {
  const field = fieldIn('en');
  await type(field, '7');
  await field.setProps({ modelValue: 255_050 });
  expect(field.get('input').element.value).toBe('2,550.50');
});

test('a sum that comes from outside is replaced by the next key, not continued', async () => {
  const field = fieldIn('en');
  field.get('input').element.focus();
  await field.setProps({ modelValue: 5_500 });
  await nextTick();
  await type(field, '7');
  expect(field.get('input').element.value).toBe('7');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([700]);
});

/** What the browser does with a paste over everything that stands in the field. */
async function paste(field: ReturnType<typeof fieldIn>, text: string): Promise<void> {
  const input = field.get('input').element;
  input.select();
  const event = new Event('paste', { cancelable: true, bubbles: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  input.dispatchEvent(event);
  await nextTick();
  const amountMinor = (field.emitted('update:modelValue') as [number | null][] | undefined)?.at(-1)?.[0];
  if (amountMinor !== undefined) await field.setProps({ modelValue: amountMinor });
}

test.each([
  ['en', 2, '40,23'],
  ['en', 2, '1,50'],
  ['es', 2, '12.50'],
  ['en', 2, '99999999999999'],
  ['en', 2, '1,5000'],
  ['en', 2, '12\n50'],
  ['en', 2, 'about 500'],
])('what is not certain stays as it came, is no sum and is refused beside the field: %s, %i, %j', async (locale, decimals, text) => {
  for (const way of [type, paste]) {
    const field = fieldIn(locale, decimals);
    // A line break and a letter are no keys of a sum.
    if (way === type && /[\n a-z]/u.test(text)) continue;
    await way(field, text);
    expect(field.get('input').element.value.replace(' \u21b5 ', '\n')).toBe(text);
    expect((field.emitted('update:modelValue') as [number | null][] | undefined)?.at(-1)?.[0] ?? null).toBeNull();
    expect(field.find('[data-testid="amount-unfit"]').exists()).toBe(true);
    expect(field.get('input').attributes('aria-invalid')).toBe('true');
  }
});

test.each([
  ['es', 2, '5.000', 500_000, '5.000'],
  ['es', 2, '1.500,50', 150_050, '1.500,50'],
  ['en', 2, '1,500', 150_000, '1,500'],
  ['en', 3, '1,500', 1_500_000, '1,500'],
  ['en', 2, '1,234,567.89', 123_456_789, '1,234,567.89'],
  ['fr', 2, '1 500,50', 150_050, '1\u202f500,50'],
  ['fr', 0, '12500', 12_500, '12\u202f500'],
])('what the screen shows is taken, typed or pasted: %s, %i, %s', async (locale, decimals, text, minor, stands) => {
  for (const way of [type, paste]) {
    const field = fieldIn(locale, decimals);
    await way(field, text);
    expect(field.emitted('update:modelValue')?.at(-1)).toEqual([minor]);
    expect(field.get('input').element.value).toBe(stands);
    expect(field.find('[data-testid="amount-unfit"]').exists()).toBe(false);
  }
});

test('a digit too many is not swallowed', async () => {
  const field = fieldIn('en');
  await type(field, '12345678901');
  expect(field.get('input').element.value).toBe('12345678901');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([null]);
  expect(field.get('[data-testid="amount-unfit"]').attributes('data-why')).toBe('tooLarge');
});

test('a digit taken away from the middle leaves the others in their order', async () => {
  const field = fieldIn('en', 2, 123_456_700);
  const input = field.get('input').element;
  expect(input.value).toBe('1,234,567');
  input.value = '1,24,567';
  input.setSelectionRange(3, 3);
  input.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward' }));
  await nextTick();
  expect(input.value).toBe('124,567');
  expect(field.emitted('update:modelValue')?.at(-1)).toEqual([12_456_700]);
  expect(input.selectionStart).toBe(2);
});

describe('what stands in the field is what is counted', () => {
  const shownAs = (field: ReturnType<typeof fieldIn>) => {
    const emitted = field.emitted('update:modelValue') as [number | null][] | undefined;
    return [field.get('input').element.value, emitted === undefined ? field.props('modelValue') : emitted.at(-1)?.[0]];
  };

  test('typed digits are the same digits in another money', async () => {
    const field = fieldIn('en');
    await type(field, '1500');
    await field.setProps({ currency: { code: 'XAF', decimals: 0 } });
    expect(shownAs(field)).toEqual(['1,500', 1_500]);
    await field.setProps({ modelValue: 1_500, currency: { code: 'TND', decimals: 3 } });
    expect(shownAs(field)).toEqual(['1,500', 1_500_000]);
  });

  test('typed digits that the other money has no unit for are refused', async () => {
    const field = fieldIn('en');
    await type(field, '12.50');
    await field.setProps({ currency: { code: 'XAF', decimals: 0 } });
    expect(shownAs(field)).toEqual(['12.50', null]);
    expect(field.get('[data-testid="amount-unfit"]').attributes('data-why')).toBe('decimals');
  });

  test('a kept sum whose money is told later is shown in that money', async () => {
    const field = fieldIn('en', 2, 30_000);
    expect(field.get('input').element.value).toBe('300');
    await field.setProps({ currency: { code: 'XAF', decimals: 0 } });
    expect(shownAs(field)).toEqual(['30,000', 30_000]);
  });
});
