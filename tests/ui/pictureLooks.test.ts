// What is told of a picture by its dots: advice, in words that a person can act on.
import { expect, test } from 'vitest';
import { adviceOn, type Dots } from '../../renderer/capture/pictureLooks.ts';

function dotsOf(light: (x: number, y: number) => number, width = 80, height = 100): Dots {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) data.fill(light(at % width, Math.floor(at / width)), 4 * at, 4 * at + 3);
  return { width, height, data };
}

/** Sharp squares around that lightness. */
const squares =
  (middle: number, apart = 40) =>
  (x: number, y: number): number =>
    (Math.floor(x / 4) + Math.floor(y / 4)) % 2 === 0 ? middle - apart : middle + apart;

test.each([
  ['sharp and well lit', squares(120), []],
  ['dark', squares(35, 30), ['dark']],
  ['bright', squares(228, 20), ['bright']],
  ['of one grey, where nothing is sharp', () => 120, ['blurred']],
  ['with a glaring spot', (x: number, y: number) => (x < 40 && y < 40 ? 255 : squares(120)(x, y)), ['glare']],
])('a picture that is %s', (_what, light, wanted) => {
  expect(adviceOn(dotsOf(light))).toEqual(wanted);
});

test('a picture without dots is looked at all the same', () => {
  expect(adviceOn({ width: 0, height: 0, data: new Uint8ClampedArray(0) })).toContain('dark');
});
