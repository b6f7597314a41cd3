import {
  endOfFigures,
  endOfLetters,
  endOfPlainLetters,
  isFigure,
  isMark,
  isPlainLetterAt,
  kindAt,
} from './characters.ts'
import { makeRemembered } from './remembered.ts'
import { makeWord, type Shape, type Word } from './word.ts'

/**
 * One word, figure or mark of a text. `text` is what rules compare: small letters, shorthand written
 * out, one word for each. `start` and `end` are places in the original text, `end` excluded.
 */
export interface Token {
  readonly text: string
  readonly shape: Shape
  readonly start: number
  readonly end: number
  /** The same for every token of this text and shape that is remembered. */
  readonly word: Word
}

/** A text in words. `ends` holds for each token where its sentence ends, excluded. */
export interface Words {
  readonly tokens: readonly Token[]
  /** Where each sentence begins, in order, and the number of tokens after the last. */
  readonly sentences: readonly number[]
}

/** Shorthand with a stroke or full stops, as GPs type it, and the words that it stands for. */
const shorthand: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'w/': 'with',
    'w/o': 'without',
    'w/out': 'without',
    'c/o': 'complaining',
    'r/v': 'review',
    'o/e': 'examination',
    'd/w': 'discussed with',
    'h/o': 'history of',
    'y/o': 'yo',
    'f/u': 'followup',
    'f/up': 'followup',
    's/b': 'seen by',
    'b/g': 'background',
    'd/c': 'discharged',
    'n/a': 'na',
    'p/c': 'presenting',
    't/c': 'phone call',
    's/w': 'spoke with',
    'h/v': 'home visit',
    'b/f': 'boyfriend',
    'g/f': 'girlfriend',
    'a/w': 'awaiting',
    'r/o': 'exclude',
    'a&e': 'ed',
    'a+e': 'ed',
    'b/c': 'because',
    'o/d': 'overdose',
    'n/k': 'unknown',
    's/s': 'social services',
    'm/w': 'midwife',
    'i/c': 'inpatient',
    'p/t': 'patient',
    't/f': 'transfer',
    'c/w': 'consistent with',
    'h/w': 'husband wife',
    'm/f': 'male female',
    'd&v': 'diarrhoea',
    'd/v': 'dv',
    'd/a': 'domestic abuse',
    's/e': 'sideeffects',
    's/es': 'sideeffects',
    'n/s': 'nurse',
    'x/r': 'xray',
    'c/s': 'caesarean',
    'o/p': 'outpatient',
    'o/a': 'oa',
  }),
)
/** A letter, a stroke and more: what shorthand has. Other words are found letter by letter. */
const withStroke = new RegExp(
  [
    String.raw`s\/g(?:ua?rd\w*)?(?![\w/])`,
    String.raw`[a-z][/&+][a-z](?:ut|p|s)?(?![\w/])`,
    String.raw`w\/(?=\s|$)`,
  ].join('|'),
  'iy',
)
const accents = /[\u0300-\u036f]/g
const notEnds = new Set(
  'incl excl dr mr mrs ms prof rev st approx eg ie etc vs cont tel ref no addr dept hosp inc fao jr sr'.split(
    ' ',
  ),
)

/** A word within a piece of text between blanks or marks, and its place there. */
interface Part {
  readonly word: Word
  readonly from: number
  readonly to: number
  /** The part after it: most pieces have one part, found without looking into a list. */
  readonly next: Part | undefined
}

const mostRemembered = 20_000
const longestRemembered = 40
const remembered = makeRemembered(mostRemembered, longestRemembered, readParts)
const marks = new Map(['?', ':', '#'].map((mark) => [mark, makeWord(mark, 'mark')] as const))

/** Splits a text into sentences and words. Never fails; what is no letter or figure is passed over. */
export function wordsOfText(text: string): Words {
  const tokens: Token[] = []
  const sentences: number[] = [0]
  let begun = 0
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at)
    if (kind === 0) {
      at++
    } else if (isMark(kind)) {
      const mark = text.charAt(at)
      const word = marks.get(mark)
      if (isSentenceEnd(mark, text, at, tokens[tokens.length - 1])) {
        if (tokens.length > begun) sentences.push((begun = tokens.length))
      } else if (word) {
        tokens.push({ text: mark, shape: 'mark', start: at, end: at + 1, word })
      }
      at++
    } else {
      const end = isFigure(kind) ? endOfNumber(text, at) : endOfWord(text, at)
      for (let part: Part | undefined = remembered.of(text, at, end); part; part = part.next) {
        const { word, from, to } = part
        tokens.push({ text: word.text, shape: word.shape, start: at + from, end: at + to, word })
      }
      at = end
    }
  }
  if (tokens.length > begun) sentences.push(tokens.length)
  return { tokens, sentences }
}

/** `12`, `3/7`, `1.5mg`, `2nd`: figures, then at most five letters. */
function endOfNumber(text: string, at: number): number {
  let end = endOfFigures(text, at)
  while (isWithin(text, end)) end = endOfFigures(text, end + 1)
  if (text.charCodeAt(end) === 37) end++
  else if (isOrdinal(text, end)) end += 2
  const letters = endOfPlainLetters(text, end)
  return letters - end <= 5 ? letters : end
}

/** Whether `st`, `nd`, `rd` or `th` stands there. */
function isOrdinal(text: string, at: number): boolean {
  return isPlainLetterAt(text, at) && /^(?:st|nd|rd|th)$/i.test(text.slice(at, at + 2))
}

/** Whether a mark stands there that joins figures to figures. */
function isWithin(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code === 58 || (code >= 44 && code <= 47)) && isFigure(kindAt(text, at + 1))
}

/** `word`, `b12`, `don't`, `wife's`, and shorthand such as `w/out`. */
function endOfWord(text: string, at: number): number {
  const second = text.charCodeAt(at + 1)
  if (second === 47 || second === 38 || second === 43) {
    withStroke.lastIndex = at
    if (withStroke.test(text)) return withStroke.lastIndex
  }
  const end = endOfFigures(text, endOfLetters(text, at))
  const mark = text.charCodeAt(end)
  if (mark !== 39 && mark !== 0x20_19) return end
  const next = text.charCodeAt(end + 1) | 32
  if ((next === 115 || next === 116) && !isPlainLetterAt(text, end + 2)) return end + 2
  const last = endOfLetters(text, end + 1)
  return last - end > 2 ? last : end
}

function isSentenceEnd(mark: string, text: string, at: number, before: Token | undefined): boolean {
  if (mark === '\n' || mark === ';') return true
  if (mark === ':' || mark === '#') return false
  const next = text.charCodeAt(at + 1)
  const isLast = Number.isNaN(next) || next <= 32 || next === 34 || next === 41 || next === 0x201d
  if (mark === '?') return isLast && before !== undefined && before.end === at
  if (!isLast) return mark === '!'
  if (mark !== '.' || before === undefined || before.end !== at) return true
  if (before.text === 'no' && /^\s*\d/.test(text.slice(at + 1, at + 4))) return false
  return !notEnds.has(before.text) && !(before.shape === 'capital' && before.text.length === 1)
}

function readParts(raw: string): Part {
  const to = raw.length
  const part = (text: string, shape: Shape, from = 0, end = to, next?: Part): Part => ({
    word: makeWord(text, shape),
    from,
    to: end,
    next,
  })
  let lower = raw.toLowerCase()
  if (isFigure(kindAt(raw, 0))) return part(lower, 'number')
  const shape = shapeOf(raw)
  if (lower.length > 1 && /[^\u0020-\u007e]/.test(lower))
    lower = lower.normalize('NFD').replaceAll(accents, '').replaceAll('’', "'")
  if (lower.startsWith('s/g')) return part('safeguarding', shape)
  // Written so, a form of address; in capitals, mitral regurgitation and multiple sclerosis.
  if (raw === 'Ms') lower = 'ms.'
  if (raw === 'MR') lower = 'mitral'
  const written = shorthand.get(lower)
  if (written !== undefined) {
    const [first = '', ...others] = written.split(' ')
    const next = others.reduceRight<Part | undefined>(
      (after, text) => part(text, 'small', 0, to, after),
      undefined,
    )
    return part(first, 'small', 0, to, next)
  }
  if (lower.includes('/') || lower.includes('&') || lower.includes('+'))
    return part(lower.slice(0, 1), shape, 0, 1, part(lower.slice(2), shape, 2))
  if (lower.endsWith("'s"))
    return part(lower.slice(0, -2), shape, 0, to - 2, part("'s", 'small', to - 2))
  return part(lower, shape)
}

function shapeOf(raw: string): Shape {
  const first = raw.charAt(0)
  if (first === first.toLowerCase()) return 'small'
  const second = raw.charAt(1)
  if (raw.length === 1) return 'capital'
  return second !== '' && second === second.toUpperCase() && second !== second.toLowerCase()
    ? raw.slice(2) === raw.slice(2).toUpperCase() || raw.length === 3
      ? 'capitals'
      : 'capital'
    : 'capital'
}
