import { findIn, mayHold, readPattern, type Found, type Pattern, type Sights } from './pattern.ts'
import type { Fact, Looks } from './rule.ts'
import type { Term, Vocabulary } from './vocabulary.ts'

/** A text and its patient as compiled rules see them. */
export interface Reading {
  readonly sights: Sights
  /** The same with nothing covered: for what speaks against a rule. */
  readonly bare: Sights
  /** Every term that is seen anywhere in the text. */
  readonly seen: ReadonlySet<Term>
  /** The same of each sentence. */
  readonly seenIn: readonly ReadonlySet<Term>[]
  readonly sentences: readonly number[]
  readonly length: number
  readonly facts: ReadonlySet<Fact>
  readonly age: number | undefined
  readonly sex: string | undefined
}

/** A rule ready to be used. */
export interface Compiled<Rule extends Looks> {
  readonly rule: Rule
  readonly when: readonly Pattern[]
  readonly unless: readonly Pattern[]
  readonly unlessNear: readonly Pattern[]
  readonly unlessAnywhere: readonly Pattern[]
}

/** Reads the patterns of a rule. Throws where one cannot be read. */
export function compile<Rule extends Looks>(rule: Rule, vocabulary: Vocabulary): Compiled<Rule> {
  const read = (lines: string | undefined) =>
    (lines ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => readPattern(line, vocabulary))
  return {
    rule,
    when: read(rule.when),
    unless: read(rule.unless),
    unlessNear: read(rule.unlessNear),
    unlessAnywhere: read(rule.unlessAnywhere),
  }
}

/** Whether a rule is about this patient, by age and sex. An unknown age or sex is about everybody. */
export function isAbout({ rule }: Compiled<Looks>, { age, sex, facts }: Reading): boolean {
  if (rule.sex !== undefined && sex !== undefined && sex !== rule.sex) return false
  if (rule.under !== undefined && age !== undefined && age >= rule.under) return false
  if (rule.from !== undefined && age !== undefined && age < rule.from) return false
  if (rule.onlyWith && !rule.onlyWith.every((fact) => facts.has(fact))) return false
  return !rule.notWith?.some((fact) => facts.has(fact))
}

const nothing: ReadonlySet<Term> = new Set()

/** Every place where one pattern of a rule stands and nothing speaks against it. */
export function placesOf(
  compiled: Compiled<Looks>,
  pattern: Pattern,
  reading: Reading,
  all: boolean,
): readonly Found[] {
  const { sights, bare, sentences, length } = reading
  const places: Found[] = []
  const count = compiled.rule.acrossSentences ? 1 : sentences.length - 1
  for (let index = 0; index < count; index++) {
    const from = compiled.rule.acrossSentences ? 0 : (sentences[index] ?? 0)
    const to = compiled.rule.acrossSentences ? length : (sentences[index + 1] ?? length)
    const seen = compiled.rule.acrossSentences ? reading.seen : (reading.seenIn[index] ?? nothing)
    if (!mayHold(pattern, seen)) continue
    let found = findIn(pattern, sights, from, to)
    if (!found) continue
    if (compiled.unless.some((one) => mayHold(one, seen) && findIn(one, bare, from, to))) continue
    if (isSpokenAgainstNearby(compiled, reading, index)) continue
    while (found) {
      places.push(found)
      if (!all) return places
      found = findIn(pattern, sights, from, to, found.from + 1)
    }
  }
  return places
}

function isSpokenAgainstNearby(compiled: Compiled<Looks>, reading: Reading, index: number) {
  const { bare, sentences, length, seen } = reading
  if (compiled.unlessNear.length + compiled.unlessAnywhere.length === 0) return false
  const from = sentences[Math.max(0, index - 1)] ?? 0
  const to = sentences[Math.min(sentences.length - 1, index + 2)] ?? length
  return (
    compiled.unlessNear.some((one) => mayHold(one, seen) && findIn(one, bare, from, to)) ||
    compiled.unlessAnywhere.some((one) => mayHold(one, seen) && findIn(one, bare, 0, length))
  )
}
