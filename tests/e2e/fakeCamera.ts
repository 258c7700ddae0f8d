// What Chromium's fake camera shows: a film of one picture that the test draws, of a card with a number in large dots, in the raw form that the
// browser plays. The number is read back from a picture by looking at where the dots were.

/** Each digit in five columns and seven rows. */
const DIGITS: readonly (readonly string[])[] = [
  ['01110', '10001', '10011', '10101', '11001', '10001', '01110'],
  ['00100', '01100', '00100', '00100', '00100', '00100', '01110'],
  ['01110', '10001', '00001', '00110', '01000', '10000', '11111'],
  ['11110', '00001', '00001', '01110', '00001', '00001', '11110'],
  ['00010', '00110', '01010', '10010', '11111', '00010', '00010'],
  ['11111', '10000', '11110', '00001', '00001', '10001', '01110'],
  ['00110', '01000', '10000', '11110', '10001', '10001', '01110'],
  ['11111', '00001', '00010', '00100', '01000', '01000', '01000'],
  ['01110', '10001', '10001', '01110', '10001', '10001', '01110'],
  ['01110', '10001', '10001', '01111', '00001', '00010', '01100'],
];

export const FILM = { width: 1280, height: 808 } as const;
const AT = { x: 180, y: 330 } as const;
/** Small print on a card of 86 mm: a dot of 4 in 1280 is a quarter of a millimetre. */
const DOT = 4;
const STEP = 6 * DOT;

function isInk(number: string, x: number, y: number): boolean {
  const column = Math.floor((x - AT.x) / DOT);
  const row = Math.floor((y - AT.y) / DOT);
  if (column < 0 || row < 0 || row >= 7) return false;
  const digit = DIGITS[Number(number[Math.floor(column / 6)])];
  return digit?.[row]?.[column % 6] === '1';
}

/** The film, as YUV4MPEG2 of two frames. */
export function filmOfCard(number: string): Buffer {
  const { width, height } = FILM;
  const light = Buffer.alloc(width * height, 200);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (isInk(number, x, y)) light[y * width + x] = 30;
      else if (y % 40 < 2 && x > 700) light[y * width + x] = 120;
    }
  }
  const colour = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F15:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

/** The places in the film whose lightness tells each digit: its dots, in order. */
export function placesOf(length: number): readonly (readonly (readonly [x: number, y: number])[])[] {
  return Array.from({ length }, (_digit, at) =>
    Array.from({ length: 35 }, (_dot, place): readonly [number, number] => [
      AT.x + at * STEP + (place % 5) * DOT + DOT / 2,
      AT.y + Math.floor(place / 5) * DOT + DOT / 2,
    ]),
  );
}

/** The number whose dots are most like these. */
export function numberIn(lights: readonly (readonly number[])[]): string {
  return lights
    .map((dots) => {
      const likeness = DIGITS.map((digit) =>
        digit
          .join('')
          .split('')
          .reduce((sum, dot, place) => sum + (dot === '1' ? -1 : 1) * ((dots[place] ?? 0) - 115), 0),
      );
      return String(likeness.indexOf(Math.max(...likeness)));
    })
    .join('');
}
