// What the page may use of a PC: the camera from our own main frame, and nothing else, whatever is asked for and however.
import type { Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { restrictPermissions } from '../../../electron/shell/permissions.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

function handlers() {
  let request: RequestHandler | null = null;
  let check: CheckHandler | null = null;
  let device: ((details: never) => boolean) | null = null;
  restrictPermissions({
    setPermissionRequestHandler: (handler: RequestHandler | null) => (request = handler),
    setPermissionCheckHandler: (handler: CheckHandler | null) => (check = handler),
    setDevicePermissionHandler: (handler: ((details: never) => boolean) | null) => (device = handler),
  } as unknown as Session);
  const ask = (permission: Permission, details: object): boolean | undefined => {
    const decided: boolean[] = [];
    request!({} as never, permission, (granted) => decided.push(granted), {
      isMainFrame: true,
      requestingUrl: 'app://branch/index.html',
      ...details,
    });
    return decided.length === 1 ? decided[0] : undefined;
  };
  return { ask, check: check!, device: device! };
}

const CAMERA = { mediaTypes: ['video'] };

describe('the permission handlers', () => {
  test('grant the camera to our own page', () => {
    expect(handlers().ask('media', CAMERA)).toBe(true);
    expect(handlers().check({} as never, 'media', 'app://branch/', { isMainFrame: true, mediaType: 'video' })).toBe(true);
  });

  test.each([
    ['the microphone', 'media', { mediaTypes: ['audio'] }],
    ['camera and microphone together', 'media', { mediaTypes: ['video', 'audio'] }],
    ['media of no kind', 'media', {}],
    ['the camera for a frame inside the page', 'media', { ...CAMERA, isMainFrame: false }],
    ['the camera for another origin', 'media', { ...CAMERA, requestingUrl: 'https://example.org/' }],
    ['the camera for a look-alike', 'media', { ...CAMERA, requestingUrl: 'app://branch.example.org/' }],
    ['the place', 'geolocation', {}],
    ['notifications', 'notifications', {}],
    ['the clipboard', 'clipboard-read', {}],
    ['the screen', 'display-capture', CAMERA],
    ['something unheard of', 'unknown', {}],
  ] as const)('refuse %s', (_what, permission, details) => {
    expect(handlers().ask(permission, details)).toBe(false);
  });

  test('refuse checks for anything but the camera, and every device', () => {
    const { check, device } = handlers();
    expect(check({} as never, 'media', 'app://branch/', { isMainFrame: true, mediaType: 'audio' })).toBe(false);
    expect(check({} as never, 'media', 'https://example.org/', { isMainFrame: true, mediaType: 'video' })).toBe(false);
    expect(check({} as never, 'media', 'app://branch/', { isMainFrame: false, mediaType: 'video' })).toBe(false);
    expect(check({} as never, 'usb', 'app://branch/', { isMainFrame: true })).toBe(false);
    expect(device({} as never)).toBe(false);
  });
});
