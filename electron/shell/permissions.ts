// What the page may use of this PC: the camera, for a client's photograph and papers, from our own page's main frame. Everything else that
// a browser could grant is refused, including what future versions may add.

import type { Session } from 'electron';
import { isOurAddress } from './pageOrigin.ts';

export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const wantsOnlyCamera = 'mediaTypes' in details && details.mediaTypes.length === 1 && details.mediaTypes[0] === 'video';
    decide(permission === 'media' && wantsOnlyCamera && details.isMainFrame && isOurAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return permission === 'media' && details.mediaType === 'video' && details.isMainFrame && isOurAddress(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
}
