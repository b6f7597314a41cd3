import { findIn, readPattern, type Found, type Pattern, type Sights } from './pattern.ts'
import type { Fact, Looks } from './rule.ts'
import { bitOf, type Sieve } from './sieve.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A text and its patient as compiled rules see them. */
export interface Reading {
  /** With nothing covered: for what speaks against a rule. */
  readonly bare: Sights
  /** Filled with the text. */
  readonly sieve: Sieve
  readonly sentences: readonly number[]
  readonly length: number
  readonly facts: ReadonlySet<Fact>
  readonly age: number | undefined
  readonly sex: string | undefined
}

/** Whom a rule is about, and where it looks. The same fields for every rule, to be read fast. */
interface About {
  readonly sex: string | undefined
  readonly under: number
  readonly from: number
  readonly onlyWith: readonly Fact[]
  readonly notWith: readonly Fact[]
  readonly isAcross: boolean
}

/** A rule ready to be used. */
export interface Compiled<Rule extends Looks> {
  readonly rule: Rule
  readonly about: About
  readonly when: readonly Pattern[]
  readonly unless: readonly Pattern[]
  readonly unlessNear: readonly Pattern[]
  readonly unlessAnywhere: readonly Pattern[]
}

/** Reads the patterns of a rule. Throws where one cannot be read. */
export function compile<Rule extends Looks>(
  rule: Rule,
  vocabulary: Vocabulary,
  sieve: Sieve,
): Compiled<Rule> {
  const read = (lines: string | undefined) =>
    (lines ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => readPattern(line, vocabulary, sieve))
  return {
    rule,
    about: {
      sex: rule.sex,
      under: rule.under ?? Infinity,
      from: rule.from ?? -Infinity,
      onlyWith: rule.onlyWith ?? [],
      notWith: rule.notWith ?? [],
      isAcross: rule.acrossSentences === true,
    },
    when: read(rule.when),
    unless: read(rule.unless),
    unlessNear: read(rule.unlessNear),
    unlessAnywhere: read(rule.unlessAnywhere),
  }
}

/** Whether a rule is about this patient, by age and sex. An unknown age or sex is about everybody. */
export function isAbout({ about }: Compiled<Looks>, { age, sex, facts }: Reading): boolean {
  if (about.sex !== undefined && sex !== undefined && sex !== about.sex) return false
  if (age !== undefined && (age >= about.under || age < about.from)) return false
  for (const fact of about.onlyWith) if (!facts.has(fact)) return false
  for (const fact of about.notWith) if (facts.has(fact)) return false
  return true
}

/** Every place where one pattern of a rule stands in `sights` and nothing speaks against it. */
export function placesOf(
  compiled: Compiled<Looks>,
  pattern: Pattern,
  sights: Sights,
  reading: Reading,
  all: boolean,
): readonly Found[] {
  const { sieve, sentences, length } = reading
  const { isAcross } = compiled.about
  const may = isAcross ? -1 : sieve.sentencesWith(pattern.needs)
  if (may === 0) return none
  const places: Found[] = []
  const count = isAcross ? 1 : sentences.length - 1
  for (let index = 0; index < count; index++) {
    if ((may & bitOf(index)) === 0) continue
    const from = isAcross ? 0 : (sentences[index] ?? 0)
    const to = isAcross ? length : (sentences[index + 1] ?? length)
    let found = findIn(pattern, sights, from, to)
    if (!found || isSpokenAgainst(compiled, reading, index, from, to)) continue
    while (found) {
      places.push(found)
      if (!all) return places
      found = findIn(pattern, sights, from, to, found.from + 1)
    }
  }
  return places
}

const none: readonly Found[] = []

function isSpokenAgainst(
  { unless, unlessNear, unlessAnywhere }: Compiled<Looks>,
  { bare, sieve, sentences, length }: Reading,
  index: number,
  from: number,
  to: number,
): boolean {
  const stands = (one: Pattern, first: number, last: number) =>
    sieve.isSeen(one.needs) && findIn(one, bare, first, last) !== undefined
  const first = sentences[Math.max(0, index - 1)] ?? 0
  const last = sentences[Math.min(sentences.length - 1, index + 2)] ?? length
  return (
    unless.some((one) => stands(one, from, to)) ||
    unlessNear.some((one) => stands(one, first, last)) ||
    unlessAnywhere.some((one) => stands(one, 0, length))
  )
}
