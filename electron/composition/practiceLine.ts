// The line to the practice head office: its own port on this computer, reached through the same HTTP as a real one. Cutting the line closes
// that port, so requests are refused before they leave and replies under way are lost, as they are when a mast goes dark. A line that was
// cut stays cut when the power goes.

import { existsSync, rmSync } from 'node:fs';
import { writeWhole } from '../host/writeWhole.ts';
import type { ServedPractice } from '../practice/servePractice.ts';

interface LineParts {
  /** Puts the head office on a port; 0 takes any free one. */
  readonly serve: (port: number) => Promise<ServedPractice>;
  /** A file that is there while the line is cut. */
  readonly cutMark: string;
}

export interface PracticeLine {
  /** What a head office's address is to the branch, such as http://127.0.0.1:41873. */
  readonly address: string;
  isCut(): boolean;
  setCut(cut: boolean): void;
  close(): Promise<void>;
}

const SERVE_AGAIN_MS = 250;

export async function openPracticeLine({ serve, cutMark }: LineParts): Promise<PracticeLine> {
  let cut = existsSync(cutMark);
  let ended = false;
  // Also on a cut line the port is taken first, so that the address is known and stays the same while this process runs.
  let served: ServedPractice | null = await serve(0);
  const { port } = served;
  let changing = Promise.resolve();

  async function goDark(): Promise<void> {
    const open = served;
    served = null;
    await open?.close();
  }

  async function comeBack(): Promise<void> {
    if (cut || ended || served !== null) return;
    try {
      served = await serve(port);
    } catch {
      // The port may still be held for a moment by connections that are being torn down.
      setTimeout(settle, SERVE_AGAIN_MS).unref();
    }
  }

  function settle(): void {
    changing = changing.then(comeBack);
  }

  if (cut) await goDark();

  return {
    address: `http://127.0.0.1:${String(port)}`,
    isCut: () => cut,
    setCut(wanted) {
      if (wanted === cut) return;
      cut = wanted;
      if (cut) {
        writeWhole(cutMark, 'The practice line is cut while this file is here.\n');
        // At once, not in turn: what is under way at this moment must not get its reply.
        const dark = goDark();
        changing = changing.then(() => dark).then(() => (cut ? goDark() : undefined));
      } else {
        rmSync(cutMark, { force: true });
        settle();
      }
    },
    async close() {
      ended = true;
      await changing;
      await goDark();
    },
  };
}
