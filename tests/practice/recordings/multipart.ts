// Files that were sent were kept as their name, type and length. They are made anew: what head office looks at is the
// first bytes, so a picture is a picture and a paper begins as one.

interface KeptFile {
  name: string;
  type: string;
  bytes: number;
}

const BOUNDARY = 'recorded';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
).toString('latin1');
/** Shorter papers were text under another name. */
const PAPER_LEAST = 10;

function bytesOf(file: KeptFile): string {
  if (file.type === 'image/png') return PIXEL.padEnd(file.bytes, '\0');
  if (file.name.endsWith('.pdf') && file.bytes > PAPER_LEAST) return '%PDF-1.4\n'.padEnd(file.bytes, ' ');
  return 'x'.repeat(file.bytes);
}

/** The body and its content type, or null when the recorded body was none of several parts. */
export function multipartOf(body: unknown): { body: string; contentType: string } | null {
  if (typeof body !== 'object' || body === null || !('multipart' in body)) return null;
  const parts = Object.entries(body.multipart as Record<string, string | KeptFile>).map(([name, value]) =>
    typeof value === 'string'
      ? `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`
      : `Content-Disposition: form-data; name="${name}"; filename="${value.name}"\r\nContent-Type: ${value.type}\r\n\r\n${bytesOf(value)}`,
  );
  return {
    body: `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('')}--${BOUNDARY}--\r\n`,
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}
