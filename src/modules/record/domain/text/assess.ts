import { compile, isAbout, placesOf, type Compiled, type Reading } from './compile.ts'
import type { Found, Pattern, Sights } from './pattern.ts'
import type { ReadText } from './features.ts'
import type { Category, Fact, FactRule, Looks, SafeRule, TextRule } from './rule.ts'
import { makeSieve, type Sieve } from './sieve.ts'
import { wordsOfText, type Token } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'

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
}

const wordsCovered = 1
const peopleCovered = 2
const aboutPeople: ReadonlySet<Category> = new Set([
  'third_party_confidential',
  'third_party_identifiable',
  'serious_harm',
])

/** Rules by pattern, in order, as a sieve has them filed from `first`. */
interface Index<Rule extends Looks> {
  readonly first: number
  readonly rows: readonly Row<Rule>[]
}

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
  const sieve = makeSieve()
  const facts = indexOf(rules.facts, vocabulary, sieve)
  const safeWords = indexOf(rules.safeWords, vocabulary, sieve)
  const safePeople = indexOf(rules.safePeople, vocabulary, sieve)
  const holds = indexOf(rules.holds, vocabulary, sieve)

  return (text, context) => {
    const { tokens, sentences } = wordsOfText(text)
    const sightings = vocabulary.sight(tokens)
    sieve.fill(sightings, sentences)
    const covered = new Uint8Array(tokens.length)
    const known = new Set<Fact>()
    const reading: Reading = {
      bare: { sightings, covered, sentences, hides: 0 },
      sieve,
      sentences,
      length: tokens.length,
      facts: known,
      age: context.patientAge,
      sex: context.sex,
    }
    const sights: Sights = { sightings, covered, sentences, hides: wordsCovered }
    for (const { compiled, pattern } of rowsFor(facts, sieve)) {
      if (known.has(compiled.rule.fact) || !isAbout(compiled, reading)) continue
      if (placesOf(compiled, pattern, sights, reading, false).length > 0)
        known.add(compiled.rule.fact)
    }
    cover(safeWords, sights, reading, wordsCovered)
    cover(safePeople, sights, reading, peopleCovered)
    const flags = flagsOf(holds, sights, reading, tokens)
    return { flags, text: readTextOf(text, reading, tokens, flags) }
  }
}

const noRules: readonly string[] = []

function rulesWithin(flags: readonly Flag[], start: number, end: number): readonly string[] {
  if (flags.length === 0) return noRules
  return flags.filter((one) => one.start >= start && one.start < end).map((one) => one.rule)
}

const quoting = /"[^"]{2,70}"|(?<![a-z])'[^']{2,70}'(?![a-z])|[“‘][^”’]{2,70}[”’]/i

function readTextOf(
  text: string,
  reading: Reading,
  tokens: readonly Token[],
  flags: readonly Flag[],
): ReadText {
  const { bare, sentences, facts, length, age, sex } = reading
  const { sightings, covered } = bare
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
        rules: rulesWithin(flags, start, end),
        isQuoting: hasQuotes && quoting.test(text.slice(Math.max(0, start - 1), end + 1)),
      }
    }),
  }
}

function cover(safe: Index<SafeRule>, sights: Sights, reading: Reading, as: number): void {
  const explained: number[] = []
  for (const { compiled, pattern } of rowsFor(safe, reading.sieve)) {
    if (!isAbout(compiled, reading)) continue
    for (const place of placesOf(compiled, pattern, sights, reading, true))
      explained.push(...place.words)
  }
  const { covered } = sights
  for (const at of explained) covered[at] = (covered[at] ?? 0) | as
}

const noFlags: readonly Flag[] = []

function flagsOf(
  holds: Index<TextRule>,
  sights: Sights,
  reading: Reading,
  tokens: readonly Token[],
): readonly Flag[] {
  const flags = new Map<string, Flag>()
  const { sightings, covered, sentences } = sights
  const ofPeople = { sightings, covered, sentences, hides: wordsCovered | peopleCovered }
  for (const { compiled, pattern } of rowsFor(holds, reading.sieve)) {
    const { rule } = compiled
    if (flags.has(rule.id) || !isAbout(compiled, reading)) continue
    const seen = aboutPeople.has(rule.category) ? ofPeople : sights
    const [found] = placesOf(compiled, pattern, seen, reading, false)
    if (found) flags.set(rule.id, flagOf(rule, found, tokens))
  }
  if (flags.size === 0) return noFlags
  return [...flags.values()].toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1),
  )
}

function flagOf(rule: TextRule, found: Found, tokens: readonly Token[]): Flag {
  const start = tokens[found.from]?.start ?? 0
  const end = tokens[Math.max(found.from, found.to - 1)]?.end ?? start
  return { rule: rule.id, category: rule.category, start, end, why: rule.why }
}

function indexOf<Rule extends Looks>(
  rules: readonly Rule[],
  vocabulary: Vocabulary,
  sieve: Sieve,
): Index<Rule> {
  const rows: Row<Rule>[] = []
  let first = 0
  for (const rule of rules) {
    const compiled = compile(rule, vocabulary, sieve)
    for (const pattern of compiled.when) {
      const place = sieve.file(pattern.needs, pattern.least)
      if (rows.length === 0) first = place
      rows.push({ compiled, pattern })
    }
  }
  return { first, rows }
}

/** What the text that the sieve is filled with may hold, in order. */
function rowsFor<Rule extends Looks>(
  { first, rows }: Index<Rule>,
  sieve: Sieve,
): readonly Row<Rule>[] {
  const found: Row<Rule>[] = []
  for (const place of sieve.filed(first, first + rows.length)) {
    const row = rows[place - first]
    if (row) found.push(row)
  }
  return found
}
