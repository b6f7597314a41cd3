/** What a JSON text would cost to parse, told without parsing it. */
export interface JsonMeasure {
  /** How deeply lists and objects lie in one another at most. */
  readonly depth: number
  /** How many members lists and objects have together, at most. */
  readonly values: number
  /** How many lines it has. */
  readonly lines: number
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const newline = 0x0a
const openers: ReadonlySet<number> = new Set([0x5b, 0x7b])
const closers: ReadonlySet<number> = new Set([0x5d, 0x7d])

/**
 * Goes through the bytes once, in no more memory than it began with: parsing first would take a
 * hundred times the size of a file made for that. Of bytes that are no JSON the figures are too high
 * rather than too low; a line's end closes what NDJSON left open.
 */
export function measureJson(bytes: Uint8Array): JsonMeasure {
  let depth = 0
  let deepest = 0
  let values = 0
  let lines = 1
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === quote) at = endOfString(bytes, at)
    else if (byte === comma) values++
    else if (byte === newline) lines++
    else if (openers.has(byte)) {
      values++
      depth++
      if (depth > deepest) deepest = depth
    } else if (closers.has(byte) && depth > 0) depth--
  }
  return { depth: deepest, values, lines }
}

/** Where the string that begins at `from` ends: at its quote, or at the end of the bytes. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; ; at++) {
    at = bytes.indexOf(quote, at)
    if (at < 0) return bytes.length
    let escapes = 0
    while (bytes[at - 1 - escapes] === backslash && at - 1 - escapes > from) escapes++
    if (escapes % 2 === 0) return at
  }
}
