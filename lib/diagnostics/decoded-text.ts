/**
 * The text in bytes: UTF-8, or UTF-16 as some editors of Windows write it, without its byte order mark.
 *
 * @returns nothing for what is no text
 */
export function decodedText(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = encodingOf(buffer)?.(buffer);
  return text?.replace(/^\uFEFF/, '');
}

const utf8 = (bytes: Buffer) => bytes.toString('utf8');
const littleEndian = (bytes: Buffer) => bytes.toString('utf16le');
const bigEndian = (bytes: Buffer) =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');

/** How much is looked at to tell whether it is text, in bytes. */
const looked = 8000;

function encodingOf(bytes: Buffer): ((bytes: Buffer) => string) | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return littleEndian;
  if (first === 0xfe && second === 0xff) return bigEndian;
  const start = bytes.subarray(0, looked);
  if (!start.includes(0)) return utf8;
  // Every other byte of Latin text in UTF-16 is zero.
  const zeros = [0, 0];
  for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2]!++;
  const [even, odd] = zeros as [number, number];
  if (odd > start.length * 0.4 && even === 0) return littleEndian;
  return even > start.length * 0.4 && odd === 0 ? bigEndian : undefined;
}
