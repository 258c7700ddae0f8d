// Reads a square by the phone's camera, where its browser can: the picture never leaves the page.

const LOOK_EVERY_MS = 200;

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorMaker = new (options: { readonly formats: readonly string[] }) => Detector;

/** Shows the camera in `place` until a square was read, or it is ended by what it answers. */
export type CodeReader = (place: HTMLElement, found: (code: string) => void, failed: () => void) => () => void;

/** Null where the browser reads no squares, or gives a page that lies in a folder no camera. */
export function codeReader(): CodeReader | null {
  const Maker = (globalThis as { readonly BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (Maker === undefined || mediaDevices === undefined) return null;
  return (place, found, failed) => {
    const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
    let stream: MediaStream | null = null;
    let isOver = false;
    const stop = (): void => {
      isOver = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
      video.remove();
    };
    const look = async (detector: Detector): Promise<void> => {
      if (isOver) return;
      const [code] = await detector.detect(video);
      if (code !== undefined) found(code.rawValue);
      else setTimeout(() => void look(detector).catch(failed), LOOK_EVERY_MS);
    };
    mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (given) => {
        stream = given;
        if (isOver) {
          stop();
          return;
        }
        video.srcObject = given;
        place.replaceChildren(video);
        await video.play();
        await look(new Maker({ formats: ['qr_code'] }));
      })
      .catch(failed);
    return stop;
  };
}
