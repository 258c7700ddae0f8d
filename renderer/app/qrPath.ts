// A QR code as one SVG path, so that it prints sharply at any size and needs no picture and no canvas. It carries the receipt's number and
// the beginning of its hash, and nothing about the client.

import { drawingSVG, qrcode } from 'bwip-js/browser';

export interface QrPath {
  readonly viewBox: string;
  readonly path: string;
}

export function qrPath(text: string): QrPath | null {
  try {
    const svg = qrcode({ bcid: 'qrcode', text, scale: 1 }, drawingSVG());
    const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1];
    const path = [...svg.matchAll(/<path d="([^"]+)"/g)].map((match) => match[1] ?? '').join('');
    return viewBox === undefined || path === '' ? null : { viewBox, path };
  } catch {
    // A slip without its code is still the promise; the number stands on it in print.
    return null;
  }
}
