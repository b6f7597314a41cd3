import type { Group, Sieve } from './sieve.ts'
import type { Vocabulary } from './vocabulary.ts'
import { lengthOf, termOf, type Sighting, type Term } from './word.ts'

/** One part of a pattern. All have the same fields, whatever their kind uses, to be read fast. */
interface Step {
  readonly kind: 'words' | 'gap' | 'first' | 'last' | 'not'
  readonly terms: ReadonlySet<Term>
  /** The same terms, by their lowest bits, with -1 where there is none. */
  readonly table: Int32Array
  readonly most: number
  readonly optional: boolean
  readonly marked: boolean
}

/** What stands in a text, as patterns see it. `covered` tokens have been explained: no words match there. */
export interface Sights {
  readonly sightings: readonly (readonly Sighting[])[]
  readonly covered: Uint8Array
  /** Which kinds of cover hide a word, as bits. */
  readonly hides: number
  /** The tokens that begin a sentence, and the end of the last. */
  readonly sentences: readonly number[]
}

/** Where a pattern was found: tokens from `from` to `to`, `to` excluded, and those that are words of it. */
export interface Found {
  readonly from: number
  readonly to: number
  readonly words: readonly number[]
}

/** Words in an order, with gaps, as `findIn` looks for them. */
export interface Pattern {
  readonly source: string
  readonly steps: readonly Step[]
  /** One of each of these must be in a text for the pattern to be in it. */
  readonly needs: readonly Group[]
  /** The one of them that is to be expected the least. */
  readonly least: Group
}

/**
 * Reads a pattern. Its parts, parted by spaces: `word`, `begin*`, `SET`, several with strokes;
 * `part?` may be missing; `!part` must not follow; `~` up to four words between, `~9` up to nine;
 * `^` and `$` where a sentence begins and ends; `[part]` is a word that the pattern explains.
 */
export function readPattern(source: string, vocabulary: Vocabulary, sieve: Sieve): Pattern {
  const read = source.split(/\s+/).map((part) => readStep(part, vocabulary))
  const hasMarks = read.some((step) => step.kind === 'words' && step.marked)
  const steps = hasMarks
    ? read
    : read.map((step) => (step.kind === 'words' ? stepOf({ ...step, marked: true }) : step))
  const needed = steps.flatMap((step) => (step.kind === 'words' && !step.optional ? [step] : []))
  const least = needed
    .map(({ terms }) => terms)
    .toSorted((a, b) => weightOf(a, vocabulary) - weightOf(b, vocabulary))[0]
  if (!least) throw new Error(`A pattern needs a word: ${source}`)
  return {
    source,
    steps,
    needs: needed.map(({ terms }) => sieve.group(terms)),
    least: sieve.group(least),
  }
}

function weightOf(terms: ReadonlySet<Term>, vocabulary: Vocabulary): number {
  let sum = 0
  for (const term of terms) sum += vocabulary.weight(term)
  return sum
}

function readStep(part: string, vocabulary: Vocabulary): Step {
  const termsOf = (text: string) => new Set(text.split('/').map((name) => vocabulary.term(name)))
  if (part === '^') return stepOf({ kind: 'first' })
  if (part === '$') return stepOf({ kind: 'last' })
  if (part.startsWith('~'))
    return stepOf({ kind: 'gap', most: part === '~' ? 4 : Number(part.slice(1)) })
  if (part.startsWith('!')) return stepOf({ kind: 'not', terms: termsOf(part.slice(1)) })
  const marked = part.startsWith('[')
  const bare = marked ? part.replace(/^\[(.*)\](\??)$/, '$1$2') : part
  const optional = bare.length > 1 && bare.endsWith('?')
  const terms = termsOf(optional ? bare.slice(0, -1) : bare)
  return stepOf({ kind: 'words', terms, optional, marked })
}

function stepOf(given: Partial<Step> & Pick<Step, 'kind'>): Step {
  const { kind, terms = new Set(), most = 0, optional = false, marked = false } = given
  return { kind, terms, table: tableOf(terms), most, optional, marked }
}

function tableOf(terms: ReadonlySet<Term>): Int32Array {
  const table = new Int32Array(2 ** Math.ceil(Math.log2(terms.size * 2 + 1))).fill(-1)
  for (const term of terms) {
    let slot = term & (table.length - 1)
    while (table[slot] !== -1) slot = (slot + 1) & (table.length - 1)
    table[slot] = term
  }
  return table
}

function isIn(table: Int32Array, term: Term): boolean {
  const last = table.length - 1
  for (let slot = term & last; ; slot = (slot + 1) & last) {
    const one = table[slot]
    if (one === term) return true
    if (one === -1) return false
  }
}

/** The first place of a pattern in the tokens from `from` to `to` that begins at `since` or later. */
export function findIn(
  pattern: Pattern,
  sights: Sights,
  from: number,
  to: number,
  since: number = from,
): Found | undefined {
  const words: number[] = []
  for (let at = since; at < to; at++) {
    const end = matchFrom(pattern.steps, 0, at, from, to, sights, words)
    if (end >= 0) return { from: words[0] ?? at, to: end, words }
  }
  return undefined
}

function matchFrom(
  steps: readonly Step[],
  index: number,
  at: number,
  from: number,
  to: number,
  sights: Sights,
  words: number[],
): number {
  const step = steps[index]
  if (!step) return at
  switch (step.kind) {
    case 'first':
      return sights.sentences.includes(at)
        ? matchFrom(steps, index + 1, at, from, to, sights, words)
        : -1
    case 'last':
      return at >= to ? matchFrom(steps, index + 1, at, from, to, sights, words) : -1
    case 'not':
      return at < to && stands(step.table, at, sights)
        ? -1
        : matchFrom(steps, index + 1, at, from, to, sights, words)
    case 'gap': {
      const most = Math.min(to, at + step.most)
      for (let next = at; next <= most; next++) {
        const end = matchFrom(steps, index + 1, next, from, to, sights, words)
        if (end >= 0) return end
      }
      return -1
    }
    case 'words':
      return matchWords(step, steps, index, at, from, to, sights, words)
  }
}

function matchWords(
  step: Step,
  steps: readonly Step[],
  index: number,
  at: number,
  from: number,
  to: number,
  sights: Sights,
  words: number[],
): number {
  if (at < to && ((sights.covered[at] ?? 0) & sights.hides) === 0) {
    for (const sighting of sights.sightings[at] ?? []) {
      const end = at + lengthOf(sighting)
      if (end > to || !isIn(step.table, termOf(sighting))) continue
      const before = words.length
      if (step.marked) for (let word = at; word < end; word++) words.push(word)
      const last = matchFrom(steps, index + 1, end, from, to, sights, words)
      if (last >= 0) return last
      while (words.length > before) words.pop()
    }
  }
  return step.optional ? matchFrom(steps, index + 1, at, from, to, sights, words) : -1
}

function stands(table: Int32Array, at: number, sights: Sights): boolean {
  for (const sighting of sights.sightings[at] ?? []) if (isIn(table, termOf(sighting))) return true
  return false
}
