// Disk images to real folders and back.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskImage } from './disk.ts';

/** Everything below a folder as it is now. The index of the log is left out: it does not outlive a power cut. */
export function imageOfFolder(root: string): DiskImage {
  const image = new Map<string, Buffer | null>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        image.set(path, null);
        walk(path);
      } else if (!entry.name.endsWith('-shm')) {
        image.set(path, readFileSync(path));
      }
    }
  };
  walk(root);
  return image;
}

/** Lays an image of `root` out at `target`, which is emptied before. */
export function layOut(image: DiskImage, root: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const folders = [...image].filter(([, content]) => content === null).map(([path]) => path);
  for (const folder of folders.sort()) mkdirSync(join(target, folder.slice(root.length)), { recursive: true });
  for (const [path, content] of image) if (content !== null) writeFileSync(join(target, path.slice(root.length)), content, { mode: 0o600 });
}
