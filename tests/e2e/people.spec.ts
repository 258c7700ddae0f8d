// A client's picture and identity card, taken with a camera that shows what the test drew: kept here at once, shown on the page and in the list,
// read back from the file, and refused in words where there is no camera.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { filmOfCard, numberIn, placesOf } from './fakeCamera.ts';
import { ask, cutLine, expect, fieldOf, noSeriousFindings, richSavings, signIn, soon, test } from './servedBranch.ts';

const NUMBER = '2345678901';
/** As people write it: without its blanks a field that is filled at once would be a scanner's code. */
const WRITTEN = '23 456 789 01';
const film = join(mkdtempSync(join(tmpdir(), 'tawi-film-')), 'card.y4m');
writeFileSync(film, filmOfCard(NUMBER));

const launch = config.use?.launchOptions ?? {};
test.use({ launchOptions: { ...launch, args: [...(launch.args ?? []), `--use-file-for-fake-video-capture=${film}`] } });

async function openIdentity(page: Page): Promise<string> {
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await page.evaluate((to) => (location.hash = to), `#/clients/${rich.clientId}`);
  await page.getByTestId('client-page').waitFor();
  await page.getByRole('tab').last().click();
  await page.getByTestId('client-papers').waitFor();
  return rich.clientId;
}

async function press(page: Page, testid: string): Promise<void> {
  await page.getByTestId(testid).first().focus();
  await page.keyboard.press('Enter');
}

/** How light the picture is at each of these places of the film. */
async function lightsAt(page: Page, content: string, places: ReturnType<typeof placesOf>): Promise<readonly (readonly number[])[]> {
  return page.evaluate(
    async ([text, wanted]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const paper = canvas.getContext('2d');
      if (paper === null) throw new Error('no canvas');
      paper.drawImage(bitmap, 0, 0);
      const scale = bitmap.width / 1280;
      return wanted.map((digit) =>
        digit.map(([x, y]) => paper.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data[0] ?? 0),
      );
    },
    [content, places] as const,
  );
}

test('a picture is taken by keyboard alone without a line, shown at once, and goes when the line is back @people', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'grace');
  const clientId = await openIdentity(page);
  await cutLine(page, true);
  await press(page, 'picture-take');
  await expect(page.getByTestId('camera-take')).toBeFocused();
  await noSeriousFindings(page, 'the camera');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('camera-keep')).toBeFocused();
  await page.getByTestId('camera-turn').focus();
  await page.keyboard.press('ArrowRight');
  await press(page, 'camera-retake');
  await expect(page.getByTestId('camera-take')).toBeFocused();
  await press(page, 'camera-soon');
  await expect(page.getByTestId('camera-keep')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('camera')).toHaveCount(0);
  await expect(page.getByTestId('client-page').getByTestId('portrait').first()).toBeVisible();
  const taken = (await ask(page, 'clients', 'showPicture', { clientId, size: 'whole' })).picture;
  expect(taken?.standing).toBe('savedHere');
  expect(Math.ceil(((taken?.content.length ?? 0) * 3) / 4)).toBeLessThanOrEqual(61_440);
  // And the phone is changed, with its before and after, as whoever stands there says.
  const before = (await ask(page, 'clients', 'show', { clientId })).client.mobileNo ?? '';
  await press(page, 'client-edit-open');
  await fieldOf(page, 'client-edit-mobileNo').fill('0733 900 117');
  await noSeriousFindings(page, 'a client is changed');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('client-edit')).toHaveCount(0);
  const change = page.getByTestId('client-change').first();
  await expect(change.locator('del')).toHaveText(before);
  await expect(change.locator('ins')).toHaveText('0733 900 117');
  await expect(change).toHaveAttribute('data-standing', 'savedHere');
  await cutLine(page, false);
  await expect(change).toHaveAttribute('data-standing', 'confirmed', soon);
  await expect
    .poll(async () => (await ask(page, 'clients', 'showPicture', { clientId, size: 'whole' })).picture?.standing, soon)
    .toBe('confirmed');
  await page.evaluate(() => (location.hash = '#/clients'));
  await expect(page.getByTestId('portrait').first()).toBeVisible();
});

for (const language of ['en', 'es', 'fr'] as const) {
  test(`both sides of a card are taken, small enough and with their print to be read, in ${language} @people`, async ({ page, branch }) => {
    await page.addInitScript((chosen) => localStorage.setItem('tawi.language', chosen), language);
    await signIn(page, branch, 'grace');
    const clientId = await openIdentity(page);
    await fieldOf(page, 'identifier-number').fill(WRITTEN);
    // The list of papers comes with the client's, and until then none can be added.
    await expect(page.getByTestId('identifier-type')).not.toHaveValue('');
    await press(page, 'identifier-add');
    await expect(page.getByTestId('identifier')).toHaveCount(1);
    // Head office was asked by itself which papers it has.
    await expect.poll(async () => (await ask(page, 'clients', 'listPapers', { clientId })).there?.identifiers, soon).toEqual([]);
    await page.screenshot({ path: `test-results/papers-${language}.png` });
    for (const side of ['side-front', 'side-back']) {
      await press(page, side);
      await expect(page.getByTestId('camera-take')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('camera-keep')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('camera')).toHaveCount(0);
    }
    await expect
      .poll(async () => {
        const { identifiers, documents } = await ask(page, 'clients', 'listPapers', { clientId });
        return [...identifiers, ...documents].map(({ standing }) => standing);
      }, soon)
      .toEqual(['confirmed', 'confirmed', 'confirmed']);
    const { documents } = await ask(page, 'clients', 'listPapers', { clientId });
    for (const { commandId, bytes } of documents) {
      expect(bytes).toBeLessThanOrEqual(153_600);
      const { content } = await ask(page, 'clients', 'showDocument', { clientId, commandId });
      expect(numberIn(await lightsAt(page, content, placesOf(NUMBER.length)))).toBe(NUMBER);
    }
    await press(page, 'document-show');
    await expect(page.getByTestId('document-shown')).toBeVisible();
  });
}

test('a refused camera says what to do, and a file stands in; what is no picture is told @people', async ({ page, branch }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await signIn(page, branch, 'grace');
  const clientId = await openIdentity(page);
  await press(page, 'picture-take');
  await expect(page.getByTestId('camera-trouble')).toBeVisible();
  await expect(page.getByTestId('camera-file')).toBeFocused();
  const field = page.getByTestId('camera-file-field');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "taken over"</script></svg>';
  for (const [name, mimeType, buffer] of [
    ['empty.jpg', 'image/jpeg', Buffer.alloc(0)],
    ['drawing.svg', 'image/svg+xml', Buffer.from(svg)],
    ['drawing.jpg', 'image/jpeg', Buffer.from(svg)],
    ['half.png', 'image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['huge.jpg', 'image/jpeg', Buffer.alloc(40 * 1_048_576, 255)],
  ] as const) {
    await field.setInputFiles({ name, mimeType, buffer });
    await expect(page.getByTestId('camera-file-trouble')).toBeVisible();
    await expect(page.getByTestId('camera-taken')).toHaveCount(0);
  }
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 700;
    canvas.getContext('2d')?.fillRect(100, 100, 300, 300);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  await field.setInputFiles({ name: '../../../me.png', mimeType: 'image/png', buffer: Buffer.from(drawn, 'base64') });
  await expect(page.getByTestId('camera-taken')).toBeVisible();
  await press(page, 'camera-keep');
  await expect(page.getByTestId('camera')).toHaveCount(0);
  expect((await ask(page, 'clients', 'showPicture', { clientId, size: 'whole' })).picture?.type).toBe('image/jpeg');
  expect(await page.title()).not.toBe('taken over');
});
