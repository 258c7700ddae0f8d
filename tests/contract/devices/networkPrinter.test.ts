// A printer on the loop that behaves as printers do: it stalls, answers half, runs out of paper, closes in the middle. What is said of a paper is
// only what can be known.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { askNetworkPrinter, sendToNetworkPrinter } from '../../../electron/devices/networkPrinter.ts';
import { sendToDevice, sendToFolder } from '../../../electron/devices/writtenPrinter.ts';
import { PRINTER_PROFILES } from '../../../shared/domain/printing/printers.ts';

const PATIENCE = { connectMs: 2_000, answerMs: 150, printMs: 300 };
/** Where the test is that something is known, no wait is short. */
const PATIENT = { connectMs: 10_000, answerMs: 10_000, printMs: 10_000 };
const PAPER = new Uint8Array(Buffer.from('a receipt of no value\n'.repeat(40)));
const READY = [0x16, 0x12, 0x12];

interface Behaviour {
  /** Answers to DLE EOT 1, 2 and 4; a null is no answer. */
  readonly status?: readonly (number | null)[];
  /** To the question after the last byte. */
  readonly after?: number | null;
  /** Hangs up once it has so many bytes of paper. */
  readonly closesAt?: number;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function printer({
  status = READY,
  after = 0x00,
  closesAt,
}: Behaviour): Promise<{ address: { way: 'network'; host: string; port: number }; paper: () => Buffer }> {
  const received: number[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let asked = 0;
    socket.on('data', (data) => {
      for (let at = 0; at < data.length; at += 1) {
        if (data[at] === 0x10 && data[at + 1] === 0x04) {
          at += 2;
          const answer = status[asked] ?? null;
          asked += 1;
          if (answer !== null) socket.write(Uint8Array.of(answer));
        } else if (data[at] === 0x1d && data[at + 1] === 0x72) {
          at += 2;
          if (after !== null) socket.write(Uint8Array.of(after));
        } else received.push(data[at] ?? 0);
        if (closesAt !== undefined && received.length >= closesAt) {
          socket.destroy();
          return;
        }
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { way: 'network', host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    paper: () => Buffer.from(received),
  };
}

test('a printer that says it printed has printed, and has every byte once', async () => {
  const { address, paper } = await printer({});
  expect(await sendToNetworkPrinter(address, PRINTER_PROFILES.epson80, PAPER, PATIENT)).toEqual({ outcome: 'printed', why: null });
  expect(paper()).toEqual(Buffer.from(PAPER));
});

test.each([
  ['without paper', [0x16, 0x32, 0x7e], 'paperOut'],
  ['with an open cover', [0x1e, 0x16, 0x12], 'coverOpen'],
  ['that is broken', [0x1e, 0x52, 0x12], 'broken'],
  ['that is offline', [0x1e, 0x12, 0x12], 'offline'],
  ['that stalls', [null, null, null], 'silent'],
  ['that answers half', [0x16, null, null], 'silent'],
  ['that answers nonsense', [0xff, 0xff, 0xff], 'silent'],
] as const)('a printer %s takes nothing, so it may be sent again', async (_what, status, light) => {
  const { address, paper } = await printer({ status });
  const patience = status.includes(null as never) ? PATIENCE : PATIENT;
  expect(await sendToNetworkPrinter(address, PRINTER_PROFILES.epson80, PAPER, patience)).toEqual({ outcome: 'notBegun', why: light });
  expect((await askNetworkPrinter(address, patience)).light).toBe(light);
  expect(paper()).toHaveLength(0);
});

test('paper that is nearly at its end still prints', async () => {
  const { address } = await printer({ status: [0x16, 0x12, 0x1e] });
  expect((await askNetworkPrinter(address, PATIENT)).light).toBe('paperLow');
  expect((await sendToNetworkPrinter(address, PRINTER_PROFILES.epson80, PAPER, PATIENT)).outcome).toBe('printed');
});

test('what a printer says is shown byte by byte', async () => {
  const { address } = await printer({});
  expect(await askNetworkPrinter(address, PATIENT)).toEqual({ light: 'ready', bytes: '16 12 12' });
});

test('a printer that hangs up in the middle, falls silent or runs out of paper: only a person can see what came out', async () => {
  const closing = await printer({ closesAt: 100, after: null });
  expect((await sendToNetworkPrinter(closing.address, PRINTER_PROFILES.epson80, PAPER, PATIENT)).outcome).toBe('unsure');
  const silent = await printer({ after: null });
  expect(await sendToNetworkPrinter(silent.address, PRINTER_PROFILES.epson80, PAPER, PATIENCE)).toEqual({
    outcome: 'unsure',
    why: 'silent',
  });
  const out = await printer({ after: 0x0c });
  expect(await sendToNetworkPrinter(out.address, PRINTER_PROFILES.epson80, PAPER, PATIENT)).toEqual({ outcome: 'unsure', why: 'paperOut' });
});

test('where nobody listens, nothing was begun', async () => {
  const { address } = await printer({});
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  expect(await sendToNetworkPrinter(address, PRINTER_PROFILES.epson80, PAPER, PATIENT)).toEqual({
    outcome: 'notBegun',
    why: 'unreachable',
  });
  expect(await askNetworkPrinter(address, PATIENT)).toEqual({ light: 'unreachable', bytes: '' });
});

test('a printer without answers is sent its bytes and asked nothing', async () => {
  const { address, paper } = await printer({ status: [null, null, null], after: null });
  expect(await sendToNetworkPrinter(address, PRINTER_PROFILES.generic58, PAPER, { ...PATIENT, answerMs: 150 })).toEqual({
    outcome: 'printed',
    why: null,
  });
  await expect.poll(() => paper().length).toBe(PAPER.length);
});

test('a device is written to like a file and never made; a folder gets a file for each paper', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tawi-printer-'));
  try {
    const device = join(folder, 'lp0');
    expect(await sendToDevice(device, PAPER)).toEqual({ outcome: 'notBegun', why: 'unreachable' });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(device, '');
    expect(await sendToDevice(device, PAPER)).toEqual({ outcome: 'printed', why: null });
    expect(readFileSync(device)).toEqual(Buffer.from(PAPER));
    const papers = join(folder, 'papers');
    expect((await sendToFolder(papers, 'one', PAPER)).outcome).toBe('printed');
    expect((await sendToFolder(papers, 'one', PAPER)).outcome).toBe('notBegun');
    expect(readFileSync(join(papers, 'one.bin'))).toEqual(Buffer.from(PAPER));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
