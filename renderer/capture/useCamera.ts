// The camera of this PC: which there are, which one was used last, and why there is no picture. It is let go the moment nobody looks at it.

import { onScopeDispose, ref, shallowRef } from 'vue';
import { chosenCamera, keepCamera } from '../app/choices.ts';

export type CameraTrouble = 'notHere' | 'none' | 'refused' | 'inUse' | 'failed';

export interface CameraChoice {
  readonly id: string;
  readonly name: string;
}

const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'inUse',
  AbortError: 'inUse',
};

export function useCamera() {
  const stream = shallowRef<MediaStream | null>(null);
  const cameras = shallowRef<readonly CameraChoice[]>([]);
  const chosen = ref('');
  const trouble = ref<CameraTrouble | null>(null);
  let asked = 0;

  function letGo(): void {
    for (const track of stream.value?.getTracks() ?? []) track.stop();
    stream.value = null;
  }

  async function open(wanted: string = chosenCamera()): Promise<void> {
    asked += 1;
    const mine = asked;
    letGo();
    trouble.value = null;
    // A page over plain HTTP from another PC is offered no camera at all.
    const devices = (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
    if (devices === undefined) {
      trouble.value = 'notHere';
      return;
    }
    try {
      const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
      const opened = await devices.getUserMedia({ audio: false, video: wanted === '' ? size : { ...size, deviceId: { ideal: wanted } } });
      if (mine !== asked) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream.value = opened;
      const [track] = opened.getVideoTracks();
      track?.addEventListener('ended', () => {
        if (stream.value === opened) trouble.value = 'inUse';
      });
      const all = await devices.enumerateDevices();
      cameras.value = all
        .filter(({ kind }) => kind === 'videoinput')
        .map(({ deviceId, label }, at) => ({ id: deviceId, name: label === '' ? String(at + 1) : label }));
      chosen.value = track?.getSettings().deviceId ?? '';
    } catch (error) {
      if (mine !== asked) return;
      trouble.value = TROUBLES[error instanceof Error ? error.name : ''] ?? 'failed';
    }
  }

  async function choose(id: string): Promise<void> {
    keepCamera(id);
    await open(id);
  }

  onScopeDispose(() => {
    asked += 1;
    letGo();
  });

  return { stream, cameras, chosen, trouble, open, choose, letGo };
}
