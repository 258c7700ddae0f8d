// What can be told of a picture by looking at its dots: dark, washed out, glaring, not sharp. It advises whoever holds the camera and never
// stops them. Dots come as a canvas gives them: red, green, blue, opacity, in rows.

export type Advice = 'dark' | 'bright' | 'glare' | 'blurred' | 'noFace' | 'severalFaces';

export interface Dots {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

const DARK_BELOW = 60;
const BRIGHT_ABOVE = 205;
const GLARE_FROM = 250;
const GLARE_SHARE = 0.12;
/** Variance of what stands out from its neighbours; a sharp face at a small size has hundreds. */
const SHARP_FROM = 40;

export function adviceOn({ width, height, data }: Dots): readonly Advice[] {
  const light = new Float32Array(width * height);
  let sum = 0;
  let glaring = 0;
  for (let at = 0; at < light.length; at += 1) {
    const value = 0.299 * (data[4 * at] ?? 0) + 0.587 * (data[4 * at + 1] ?? 0) + 0.114 * (data[4 * at + 2] ?? 0);
    light[at] = value;
    sum += value;
    if (value >= GLARE_FROM) glaring += 1;
  }
  const mean = sum / Math.max(light.length, 1);
  const advice: Advice[] = [];
  if (mean < DARK_BELOW) advice.push('dark');
  if (mean > BRIGHT_ABOVE) advice.push('bright');
  else if (glaring / Math.max(light.length, 1) > GLARE_SHARE) advice.push('glare');
  if (sharpness(light, width, height) < SHARP_FROM) advice.push('blurred');
  return advice;
}

function sharpness(light: Float32Array, width: number, height: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (light[at - 1] ?? 0) + (light[at + 1] ?? 0) + (light[at - width] ?? 0) + (light[at + width] ?? 0);
      const out = 4 * (light[at] ?? 0) - around;
      sum += out;
      squares += out * out;
      count += 1;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return squares / count - mean * mean;
}
