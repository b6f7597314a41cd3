const letter = 1
const latin = 2
const figure = 4
const mark = 8
const isLatin = /[\u00C0-\u024F]/i

/** Of every letter of European languages, figure and mark that splits text, what it is. */
const kinds = Uint8Array.from({ length: 0x2_50 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[a-z]/i.test(character)) return letter
  if (/\d/.test(character)) return figure
  if (/[?:.!;\n#]/.test(character)) return mark
  return isLatin.test(character) ? latin : 0
})

/** What the character at a place of a text is: 0 for one that is passed over, and past the end. */
export function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code < 0x2_50) return kinds[code] ?? 0
  return code > 0 && isLatin.test(text.charAt(at)) ? latin : 0
}

/** Whether a kind is that of a letter. */
function isLetter(kind: number): boolean {
  return (kind & (letter | latin)) !== 0
}

/** Whether a kind is that of a figure. */
export function isFigure(kind: number): boolean {
  return kind === figure
}

/** Whether a kind is that of a mark which splits text. */
export function isMark(kind: number): boolean {
  return kind === mark
}

/** Whether a letter without an accent stands there. */
export function isPlainLetterAt(text: string, at: number): boolean {
  return kindAt(text, at) === letter
}

/** Where a run of letters ends that begins there. */
export function endOfLetters(text: string, at: number): number {
  let end = at
  while (isLetter(kindAt(text, end))) end++
  return end
}

/** Where a run of letters without accents ends that begins there. */
export function endOfPlainLetters(text: string, at: number): number {
  let end = at
  while (isPlainLetterAt(text, end)) end++
  return end
}

/** Where a run of figures ends that begins there. */
export function endOfFigures(text: string, at: number): number {
  let end = at
  while (kindAt(text, end) === figure) end++
  return end
}
