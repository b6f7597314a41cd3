import { compile, isAbout, placesOf, type Compiled, type Reading } from './compile.ts'
import { mayHold, type Found, type Pattern } from './pattern.ts'
import type { ReadText } from './features.ts'
import type { Category, Fact, FactRule, Looks, SafeRule, TextRule } from './rule.ts'
import { wordsOfText, type Token } from './tokens.ts'
import type { Term, Vocabulary } from './vocabulary.ts'

/** What is known of the patient whose record a text is in. What is not known is left out. */
export interface TextContext {
  readonly patientAge?: number
  readonly sex?: 'male' | 'female'
}

/** One reason to hold a text. `start` and `end` are places in it, `end` excluded. */
export interface Flag {
  readonly rule: string
  readonly category: Category
  readonly start: number
  readonly end: number
  readonly why: string
}

/** The rules for text, ready to be used. */
export interface TextRules {
  readonly vocabulary: Vocabulary
  readonly facts: readonly FactRule[]
  /** Words that are no cue of anything where they stand. */
  readonly safeWords: readonly SafeRule[]
  /** Mentions of people that say nothing of them in confidence. */
  readonly safePeople: readonly SafeRule[]
  readonly holds: readonly TextRule[]
}

interface Row<Rule extends Looks> {
  readonly compiled: Compiled<Rule>
  readonly pattern: Pattern
  readonly order: number
}

const wordsCovered = 1
const peopleCovered = 2
const aboutPeople: ReadonlySet<Category> = new Set([
  'third_party_confidential',
  'third_party_identifiable',
  'serious_harm',
])

type Index<Rule extends Looks> = ReadonlyMap<Term, readonly Row<Rule>[]>

/** What one set of rules makes of a text. */
export interface Readout {
  /** What each rule found first, in order of place. */
  readonly flags: readonly Flag[]
  readonly text: ReadText
}

/** Reads texts by one set of rules. */
export type Reader = (text: string, context: TextContext) => Readout

/** Makes a reader. The same text and patient always give the same answer. */
export function makeReader(rules: TextRules): Reader {
  const { vocabulary } = rules
  const facts = indexOf(rules.facts, vocabulary)
  const safeWords = indexOf(rules.safeWords, vocabulary)
  const safePeople = indexOf(rules.safePeople, vocabulary)
  const holds = indexOf(rules.holds, vocabulary)

  return (text, context) => {
    const { tokens, sentences } = wordsOfText(text)
    const sightings = vocabulary.sight(tokens)
    const seenIn = sentences.slice(0, -1).map((from, index) => {
      const terms = new Set<Term>()
      for (let at = from; at < (sentences[index + 1] ?? 0); at++)
        for (const { term } of sightings[at] ?? []) terms.add(term)
      return terms
    })
    const seen = new Set<Term>()
    for (const terms of seenIn) for (const term of terms) seen.add(term)
    const covered = new Uint8Array(tokens.length)
    const starts = new Set(sentences)
    const known = new Set<Fact>()
    const reading: Reading = {
      sights: { sightings, covered, starts, hides: wordsCovered },
      bare: { sightings, covered, starts, hides: 0 },
      seen,
      seenIn,
      sentences,
      length: tokens.length,
      facts: known,
      age: context.patientAge,
      sex: context.sex,
    }
    for (const { compiled, pattern } of rowsFor(facts, seen)) {
      if (known.has(compiled.rule.fact) || !isAbout(compiled, reading)) continue
      if (placesOf(compiled, pattern, reading, false).length > 0) known.add(compiled.rule.fact)
    }
    cover(safeWords, seen, reading, wordsCovered)
    cover(safePeople, seen, reading, peopleCovered)
    const flags = flagsOf(holds, seen, reading, tokens)
    return { flags, text: readTextOf(text, reading, tokens, flags) }
  }
}

const quoting = /"[^"]{2,70}"|(?<![a-z])'[^']{2,70}'(?![a-z])|[“‘][^”’]{2,70}[”’]/i

function readTextOf(
  text: string,
  reading: Reading,
  tokens: readonly Token[],
  flags: readonly Flag[],
): ReadText {
  const { sights, sentences, facts, length, age, sex } = reading
  const { sightings, covered } = sights
  const hasQuotes = /["'“‘]/.test(text)
  return {
    tokens,
    sightings,
    covered,
    facts,
    age,
    sex,
    sentences: sentences.slice(0, -1).map((from, index) => {
      const to = sentences[index + 1] ?? length
      const [start, end] = [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0]
      return {
        from,
        to,
        rules: flags.filter((one) => one.start >= start && one.start < end).map((one) => one.rule),
        isQuoting: hasQuotes && quoting.test(text.slice(Math.max(0, start - 1), end + 1)),
      }
    }),
  }
}

function cover(
  safe: Index<SafeRule>,
  present: ReadonlySet<Term>,
  reading: Reading,
  as: number,
): void {
  const explained: number[] = []
  for (const { compiled, pattern } of rowsFor(safe, present)) {
    if (!isAbout(compiled, reading)) continue
    for (const place of placesOf(compiled, pattern, reading, true)) explained.push(...place.words)
  }
  const { covered } = reading.sights
  for (const at of explained) covered[at] = (covered[at] ?? 0) | as
}

function flagsOf(
  holds: Index<TextRule>,
  present: ReadonlySet<Term>,
  reading: Reading,
  tokens: readonly Token[],
): readonly Flag[] {
  const flags = new Map<string, Flag>()
  for (const { compiled, pattern } of rowsFor(holds, present)) {
    const { rule } = compiled
    if (flags.has(rule.id) || !isAbout(compiled, reading)) continue
    const hides = aboutPeople.has(rule.category) ? wordsCovered | peopleCovered : wordsCovered
    const sights = { ...reading.sights, hides }
    const [found] = placesOf(compiled, pattern, { ...reading, sights }, false)
    if (found) flags.set(rule.id, flagOf(rule, found, tokens))
  }
  return [...flags.values()].toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1),
  )
}

function flagOf(rule: TextRule, found: Found, tokens: readonly Token[]): Flag {
  const start = tokens[found.from]?.start ?? 0
  const end = tokens[Math.max(found.from, found.to - 1)]?.end ?? start
  return { rule: rule.id, category: rule.category, start, end, why: rule.why }
}

function indexOf<Rule extends Looks>(rules: readonly Rule[], vocabulary: Vocabulary): Index<Rule> {
  const index = new Map<Term, Row<Rule>[]>()
  let order = 0
  for (const rule of rules) {
    const compiled = compile(rule, vocabulary)
    for (const pattern of compiled.when) {
      const row = { compiled, pattern, order: order++ }
      for (const term of pattern.anchors) {
        const rows = index.get(term)
        if (rows) rows.push(row)
        else index.set(term, [row])
      }
    }
  }
  return index
}

function rowsFor<Rule extends Looks>(
  index: Index<Rule>,
  seen: ReadonlySet<Term>,
): readonly Row<Rule>[] {
  const rows: Row<Rule>[] = []
  for (const term of seen) {
    for (const row of index.get(term) ?? []) {
      if (mayHold(row.pattern, seen)) rows.push(row)
    }
  }
  rows.sort((a, b) => a.order - b.order)
  return rows.filter((row, at) => row !== rows[at - 1])
}
