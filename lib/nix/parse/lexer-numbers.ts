const FLOAT = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;

/** Where the float that starts at an index ends, if one does (Nix manual, numbers). */
export function floatEnd(source: string, start: number): number | undefined {
  FLOAT.lastIndex = start;
  return FLOAT.test(source) ? FLOAT.lastIndex : undefined;
}

const LARGEST_INT = 9223372036854775807n;
const SMALLEST_FLOAT = 2.2250738585072014e-308;

/** Why Nix refuses a number: integers have 64 bits, and floats are neither infinite nor too close to zero. */
export function numberProblem(text: string, isFloat: boolean): string | undefined {
  if (isFloat) return isFloatInRange(text) ? undefined : `the float ${text} is out of range`;
  if (text.length < 19 || BigInt(text) <= LARGEST_INT) return undefined;
  return `the integer ${text} is greater than ${LARGEST_INT}`;
}

function isFloatInRange(text: string): boolean {
  const value = Number(text);
  if (value > SMALLEST_FLOAT) return value !== Number.POSITIVE_INFINITY;
  return value === SMALLEST_FLOAT ? !underflows(text) : !/[1-9]/.test(text.split(/e/i, 1)[0]!);
}

/** Nix refuses what only becomes the smallest float because smaller ones are less precise: 2^-1022 - 2^-1076 or less. */
function underflows(text: string): boolean {
  const [mantissa, exponent] = text.split(/e/i);
  const [whole, fraction] = mantissa!.split('.');
  const scale = BigInt(fraction!.length) - BigInt(exponent ?? 0);
  return BigInt(whole! + fraction!) * 2n ** 1076n < (2n ** 54n - 1n) * 10n ** scale;
}
