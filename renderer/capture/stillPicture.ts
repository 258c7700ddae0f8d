// A still picture on its way to the branch: cut to its frame, turned and lit by hand, and made small enough for a slow line. Whatever a file
// held beside its dots (place, time, camera) is left behind, because only dots are drawn.

import { DOCUMENT_BYTES_MOST, PORTRAIT_BYTES_MOST } from '../../shared/domain/files/fileRef.ts';
import { adviceOn, type Advice } from './pictureLooks.ts';

/** What is taken: a face, or one side of a card or a sheet. */
export type Frame = 'portrait' | 'card';

export interface FrameShape {
  readonly width: number;
  readonly height: number;
  readonly bytesMost: number;
}

/** In dots, as it leaves: a card keeps enough of them for its small print. */
export const FRAMES: Readonly<Record<Frame, FrameShape>> = {
  portrait: { width: 480, height: 600, bytesMost: PORTRAIT_BYTES_MOST },
  card: { width: 1280, height: 808, bytesMost: DOCUMENT_BYTES_MOST },
};

/** How it was moved by hand. `zoom` from 1; `across` and `down` from -1 to 1; degrees; `light` 1 as it was. */
export interface ByHand {
  readonly zoom: number;
  readonly across: number;
  readonly down: number;
  readonly turn: number;
  readonly light: number;
}

export const UNTOUCHED: ByHand = { zoom: 1, across: 0, down: 0, turn: 0, light: 1 };

type Source = HTMLVideoElement | ImageBitmap | HTMLCanvasElement;

function sidesOf(source: Source): { readonly width: number; readonly height: number } {
  return source instanceof HTMLVideoElement ? { width: source.videoWidth, height: source.videoHeight } : source;
}

function canvasOf(width: number, height: number): { readonly canvas: HTMLCanvasElement; readonly paper: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  if (paper === null) throw new Error('no canvas');
  return { canvas, paper };
}

/** The source as it stands now, so that it can be moved afterwards. */
export function stillOf(source: Source): HTMLCanvasElement {
  const { width, height } = sidesOf(source);
  const { canvas, paper } = canvasOf(width, height);
  paper.drawImage(source, 0, 0);
  return canvas;
}

/** The part of the source that the frame covers, as it leaves. */
export function framed(source: Source, frame: Frame, { zoom, across, down, turn, light }: ByHand): HTMLCanvasElement {
  const { width, height } = sidesOf(source);
  const shape = FRAMES[frame];
  const { canvas, paper } = canvasOf(shape.width, shape.height);
  // The whole frame is covered at zoom 1, whatever the shape of the source.
  const scale = Math.max(shape.width / width, shape.height / height) * zoom;
  const room = { x: Math.max(0, (width * scale - shape.width) / 2), y: Math.max(0, (height * scale - shape.height) / 2) };
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, shape.width, shape.height);
  paper.filter = light === 1 ? 'none' : `brightness(${String(light)})`;
  paper.translate(shape.width / 2 - across * room.x, shape.height / 2 - down * room.y);
  paper.rotate((turn * Math.PI) / 180);
  paper.scale(scale, scale);
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(source, -width / 2, -height / 2);
  return canvas;
}

const QUALITIES = [0.9, 0.8, 0.7, 0.6, 0.5] as const;
const SCALES = [1, 0.85, 0.7, 0.55, 0.4] as const;

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
}

/** As large and as good as the limit lets it be; null where not even the smallest fits. */
export async function smallEnough(canvas: HTMLCanvasElement, bytesMost: number): Promise<Uint8Array | null> {
  for (const scale of SCALES) {
    const { canvas: smaller, paper } = canvasOf(Math.round(canvas.width * scale), Math.round(canvas.height * scale));
    paper.imageSmoothingQuality = 'high';
    paper.drawImage(canvas, 0, 0, smaller.width, smaller.height);
    for (const quality of QUALITIES) {
      const blob = await jpegOf(smaller, quality);
      if (blob !== null && blob.size <= bytesMost) return new Uint8Array(await blob.arrayBuffer());
    }
  }
  return null;
}

const LOOKED_AT_WIDTH = 320;

export async function advised(canvas: HTMLCanvasElement, frame: Frame): Promise<readonly Advice[]> {
  const height = Math.round((canvas.height * LOOKED_AT_WIDTH) / canvas.width);
  const { paper } = canvasOf(LOOKED_AT_WIDTH, height);
  paper.drawImage(canvas, 0, 0, LOOKED_AT_WIDTH, height);
  const seen = adviceOn(paper.getImageData(0, 0, LOOKED_AT_WIDTH, height));
  const faces = frame === 'portrait' ? await facesIn(canvas) : null;
  return [...seen, ...(faces === 0 ? (['noFace'] as const) : faces !== null && faces > 1 ? (['severalFaces'] as const) : [])];
}

interface FaceFinder {
  detect(source: HTMLCanvasElement): Promise<readonly unknown[]>;
}

/** How many faces there are, where the browser offers to look; null where it does not. */
async function facesIn(canvas: HTMLCanvasElement): Promise<number | null> {
  const offered = (globalThis as { FaceDetector?: new () => FaceFinder }).FaceDetector;
  if (offered === undefined) return null;
  try {
    return (await new offered().detect(canvas)).length;
  } catch {
    return null;
  }
}

export type FileTrouble = 'empty' | 'tooBig' | 'notAPicture';
const FILE_BYTES_MOST = 30 * 1_048_576;

/** A picture out of a file; what is none, or only says that it is one, is told. A drawing with a program in it is none. */
export async function pictureIn(file: Blob): Promise<{ readonly picture: HTMLCanvasElement } | { readonly trouble: FileTrouble }> {
  if (file.size === 0) return { trouble: 'empty' };
  if (file.size > FILE_BYTES_MOST) return { trouble: 'tooBig' };
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  const isWebp = starts(0x52, 0x49, 0x46, 0x46) && [0x57, 0x45, 0x42, 0x50].every((byte, at) => head[at + 8] === byte);
  if (!starts(0xff, 0xd8, 0xff) && !starts(0x89, 0x50, 0x4e, 0x47) && !isWebp) return { trouble: 'notAPicture' };
  try {
    const bitmap = await createImageBitmap(file);
    const picture = stillOf(bitmap);
    bitmap.close();
    return { picture };
  } catch {
    return { trouble: 'notAPicture' };
  }
}
