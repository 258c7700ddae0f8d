// Where a paper may go: to a printer's own port on the office's network, to a printer of this PC, and in a practice branch into its folder. The
// address comes from a screen.

import { describe, expect, test } from 'vitest';
import { isPrinterAddress } from '../../shared/domain/printing/printers.ts';

describe('a paper is written to', () => {
  test.each(['/dev/lp0', '/dev/usb/lp12', '/dev/ttyUSB0', '/dev/ttyACM1', 'COM3', 'LPT1', String.raw`\\localhost\Receipts 80 (2)`])(
    'the device %s',
    (path) => expect(isPrinterAddress({ way: 'device', path }, false)).toBe(true),
  );
  test.each(['10.0.0.9', '127.0.0.1', '192.168.7.20', '172.16.0.1', '172.31.255.1', '169.254.3.3'])('a printer at %s', (host) =>
    expect(isPrinterAddress({ way: 'network', host, port: 9_100 }, false)).toBe(true),
  );
});

describe('a paper is never written to', () => {
  test.each([
    '/etc/passwd',
    '/dev/sda',
    '/dev/lp0/../sda',
    '/dev/usb/lp123',
    '/dev/tty1',
    ' /dev/lp0',
    '/dev/lp0\n',
    String.raw`D:\receipts.txt`,
    'COM3:x',
    String.raw`\\fileserver\Receipts`,
    String.raw`\\localhost\C$\Windows`,
    String.raw`\\localhost\..\admin`,
    String.raw`\\.\PhysicalDrive0`,
    '',
  ])('the place %j', (path) => expect(isPrinterAddress({ way: 'device', path }, true)).toBe(false));

  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '193.168.1.1', '300.168.1.1', 'printer.local', '192.168.1.1.example.com', '::1', ''])(
    'the host %j',
    (host) => expect(isPrinterAddress({ way: 'network', host, port: 9_100 }, true)).toBe(false),
  );
  test.each([22, 80, 1_023, 65_536, 9_100.5, Number.NaN])('port %d', (port) =>
    expect(isPrinterAddress({ way: 'network', host: '192.168.1.9', port }, true)).toBe(false),
  );
  test('a folder, but in practice', () => {
    expect(isPrinterAddress({ way: 'folder' }, false)).toBe(false);
    expect(isPrinterAddress({ way: 'folder' }, true)).toBe(true);
  });
});
