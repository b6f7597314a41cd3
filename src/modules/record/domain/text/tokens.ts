/** How a word was written: small letters, a capital first, capitals only, with figures, or a mark. */
export type Shape = 'small' | 'capital' | 'capitals' | 'number' | 'mark'

/**
 * One word, figure or mark of a text. `text` is what rules compare: small letters, shorthand written
 * out, one word for each. `start` and `end` are places in the original text, `end` excluded.
 */
export interface Token {
  readonly text: string
  readonly shape: Shape
  readonly start: number
  readonly end: number
}

/** A text in words. `ends` holds for each token where its sentence ends, excluded. */
export interface Words {
  readonly tokens: readonly Token[]
  /** Where each sentence begins, in order, and the number of tokens after the last. */
  readonly sentences: readonly number[]
}

/** Shorthand with a stroke or full stops, as GPs type it, and the words that it stands for. */
const shorthand: Readonly<Record<string, string>> = {
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
}
const piece = new RegExp(
  [
    String.raw`s\/g(?:ua?rd\w*)?(?![\w/])`,
    String.raw`(?:[a-z][/&+][a-z](?:ut|p|s)?(?![\w/])|w\/(?=\s|$))`,
    String.raw`\d+(?:[./:,-]\d+)*(?:%|st|nd|rd|th)?(?:[a-z]{1,5}(?![a-z]))?`,
    String.raw`[a-z\u00C0-\u024F]+\d*(?:['’](?:s(?![a-z])|t(?![a-z])|[a-z\u00C0-\u024F]{2,}))?`,
    String.raw`[?:.!;\n#]`,
  ].join('|'),
  'gi',
)
const accents = /[\u0300-\u036f]/g
const notEnds = new Set(
  'incl excl dr mr mrs ms prof rev st approx eg ie etc vs cont tel ref no addr dept hosp inc fao jr sr'.split(
    ' ',
  ),
)

/** Splits a text into sentences and words. Never fails; what is no letter or figure is passed over. */
export function wordsOfText(text: string): Words {
  const tokens: Token[] = []
  const sentences: number[] = [0]
  const close = () => {
    if (tokens.length > (sentences.at(-1) ?? 0)) sentences.push(tokens.length)
  }
  piece.lastIndex = 0
  for (let found = piece.exec(text); found; found = piece.exec(text)) {
    const raw = found[0]
    const start = found.index
    const end = start + raw.length
    const first = raw.charCodeAt(0)
    if (raw.length === 1 && !isWordCharacter(first)) {
      if (isSentenceEnd(raw, text, start, tokens.at(-1))) close()
      else if (raw === '?' || raw === ':' || raw === '#')
        tokens.push({ text: raw, shape: 'mark', start, end })
      continue
    }
    if (first >= 48 && first <= 57) {
      tokens.push({ text: raw.toLowerCase(), shape: 'number', start, end })
      continue
    }
    addWord(tokens, raw, start)
  }
  close()
  return { tokens, sentences }
}

function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code >= 97
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

function addWord(tokens: Token[], raw: string, start: number): void {
  const end = start + raw.length
  const shape = shapeOf(raw)
  let lower = raw.toLowerCase()
  if (lower.length > 1 && /[^\u0020-\u007e]/.test(lower))
    lower = lower.normalize('NFD').replaceAll(accents, '').replaceAll('’', "'")
  if (lower.startsWith('s/g')) {
    tokens.push({ text: 'safeguarding', shape, start, end })
    return
  }
  // Written so, a form of address; in capitals, mitral regurgitation and multiple sclerosis.
  if (raw === 'Ms') lower = 'ms.'
  if (raw === 'MR') lower = 'mitral'
  const written = shorthand[lower]
  if (written !== undefined) {
    for (const text of written.split(' ')) tokens.push({ text, shape: 'small', start, end })
    return
  }
  if (lower.includes('/') || lower.includes('&') || lower.includes('+')) {
    tokens.push({ text: lower.slice(0, 1), shape, start, end: start + 1 })
    tokens.push({ text: lower.slice(2), shape, start: start + 2, end })
    return
  }
  if (lower.endsWith("'s")) {
    tokens.push({ text: lower.slice(0, -2), shape, start, end: end - 2 })
    tokens.push({ text: "'s", shape: 'small', start: end - 2, end })
    return
  }
  tokens.push({ text: lower, shape, start, end })
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
