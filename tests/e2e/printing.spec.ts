// A receipt printer at the counter: set by a manager, tried, read back; receipts come out of it by themselves, and what does not come out is said
// on every screen and asked about.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { readEscPos } from '../world/escPosPaper.ts';
import {
  ask,
  cashTypeId,
  expect,
  fieldOf,
  newFormId,
  noSeriousFindings,
  openDrawer,
  richSavings,
  signIn,
  soon,
  test,
} from './servedBranch.ts';

interface LoopPrinter {
  readonly port: number;
  hasPaper: boolean;
  /** Each line to it with bytes of a paper. */
  readonly papers: number[][];
  close(): void;
}

/** Answers as a printer does; without paper it says so and takes nothing. */
async function loopPrinter(): Promise<LoopPrinter> {
  const papers: number[][] = [];
  const state = { hasPaper: true };
  const server: Server = createServer((socket) => {
    const paper: number[] = [];
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (paper.length > 0) papers.push(paper);
    });
    socket.on('data', (data) => {
      for (let at = 0; at < data.length; at += 1) {
        if (data[at] === 0x10 && data[at + 1] === 0x04) {
          const asked = data[at + 2];
          at += 2;
          socket.write(Uint8Array.of(asked === 1 ? 0x16 : asked === 2 ? 0x12 : state.hasPaper ? 0x12 : 0x72));
        } else if (data[at] === 0x1d && data[at + 1] === 0x72) {
          at += 2;
          socket.write(Uint8Array.of(0));
        } else {
          paper.push(data[at] ?? 0);
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    papers,
    get hasPaper() {
      return state.hasPaper;
    },
    set hasPaper(has) {
      state.hasPaper = has;
    },
    close: () => void server.close(),
  };
}

test('a printer is set, tried and printed on; without paper nobody waits, and the paper comes once it is filled @day', async ({
  page,
  branch,
}) => {
  const printer = await loopPrinter();
  try {
    await signIn(page, branch, 'grace');
    await openDrawer(page);
    await page.goto(`${branch.address}#/settings/printers`);
    await fieldOf(page, 'host-main').fill('8.8.8.8');
    await page.getByTestId('save-printers').click();
    await expect(page.getByTestId('printer-page')).toContainText('This cannot be a printer');
    await fieldOf(page, 'host-main').fill('127.0.0.1');
    await fieldOf(page, 'port-main').fill(String(printer.port));
    await page.getByTestId('save-printers').click();
    await expect(page.getByTestId('printers-saved')).toBeVisible();
    await page.getByTestId('ask-main').click();
    await expect(page.getByTestId('light-main')).toContainText('Ready. 16 12 12');
    await page.getByTestId('test-main').click();
    await expect(page.getByTestId('light-main')).toContainText('Printed.');
    if (process.env['TAWI_LOOK'] !== undefined) await page.screenshot({ path: `${process.env['TAWI_LOOK']}-en.png` });
    await expect.poll(() => printer.papers.length, soon).toBe(1);
    expect(readEscPos(Uint8Array.from(printer.papers[0] ?? [])).rows.join('\n')).toContain('TEST OF THE PRINTER');
    await noSeriousFindings(page, 'the printers');

    const paymentTypeId = await cashTypeId(page);
    const [rich] = await richSavings(page);
    const deposit = () =>
      ask(page, 'savings', 'takeDeposit', {
        formId: newFormId(),
        savingsId: rich?.savingsId ?? '',
        amountMinor: 75_000,
        paidWith: { paymentTypeId },
      });
    const first = await deposit();
    await expect.poll(() => printer.papers.length, soon).toBe(2);
    const rows = readEscPos(Uint8Array.from(printer.papers[1] ?? [])).rows.join('\n');
    expect(rows).toContain(first.receipt.number);
    expect(rows).toContain('KES 750.00');
    await page.goto(`${branch.address}#/counter/issued/${first.receipt.receiptId}`);
    await expect(page.getByTestId('print')).toContainText('copy');
    await page.getByTestId('print').click();
    await expect.poll(() => printer.papers.length, soon).toBe(3);
    expect(readEscPos(Uint8Array.from(printer.papers[2] ?? [])).rows.join('\n')).toContain('COPY 1');

    printer.hasPaper = false;
    const second = await deposit();
    await expect(page.getByTestId('paper-notice')).toBeVisible(soon);
    await page.getByTestId('paper-notice').getByRole('link').click();
    await expect(page.getByTestId('job-waiting')).toContainText(second.receipt.number);
    await expect(page.getByTestId('job-waiting')).toContainText('No paper.');
    expect(printer.papers).toHaveLength(3);
    printer.hasPaper = true;
    // The printer is asked again after at most half a minute.
    await expect.poll(() => printer.papers.length, { timeout: 60_000 }).toBe(4);
    await expect(page.getByTestId('paper-notice')).toHaveCount(0, soon);
    expect(readEscPos(Uint8Array.from(printer.papers[3] ?? [])).rows.join('\n')).toContain(second.receipt.number);
  } finally {
    printer.close();
  }
});

for (const language of ['es', 'fr'] as const) {
  test(`the printers' page in ${language}, small and dark, with a printer that is not there @day`, async ({ page, branch }) => {
    await page.setViewportSize({ width: 1024, height: 640 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const gone = await loopPrinter();
    gone.close();
    await signIn(page, branch, 'grace');
    await ask(page, 'printers', 'set', {
      printers: {
        main: { kind: 'epson58', address: { way: 'network', host: '127.0.0.1', port: gone.port } },
        other: { kind: 'generic80', address: { way: 'folder' } },
        language,
        byItself: true,
        kicksDrawer: true,
      },
    });
    await page.getByTestId('person-menu').click();
    await page.getByTestId(`language-${language}`).click();
    await page.getByTestId('open-printers').click();
    await page.getByTestId('ask-main').click();
    await expect(page.getByTestId('light-main')).toHaveClass(/is-bad/);
    await page.getByTestId('test-other').click();
    await expect(page.getByTestId('light-other')).toHaveClass(/is-good/);
    if (process.env['TAWI_LOOK'] !== undefined) await page.screenshot({ path: `${process.env['TAWI_LOOK']}-${language}.png` });
    await noSeriousFindings(page, 'the printers');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
}
