import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  isSurelyHeld,
  type ScreenContext,
} from '../../src/modules/record/domain/text/screen-text.ts'
import { sentenceFeatures } from '../../src/modules/record/domain/text/text-rules.ts'

/** A labelled case, with what is weighed of each of its sentences. */
export interface Example {
  readonly id: string
  /** In characters. */
  readonly length: number
  readonly needsPerson: boolean
  /** Whatever its sentences weigh, it is held. */
  readonly isHeldAnyway: boolean
  readonly categories: readonly string[]
  readonly sentences: readonly ReadonlySet<string>[]
}

interface Line {
  readonly id: string
  readonly text: string
  readonly context: ScreenContext
  readonly label: 'release' | 'review'
  readonly categories: readonly string[]
}

/** What has been learnt: one weight for each feature, and what a sentence with none of them has. */
export interface Learnt {
  readonly weights: ReadonlyMap<string, number>
  readonly start: number
  readonly scoreOf: (example: Example) => number
}

/** A scored case that the weights were not learnt from. */
export interface Unseen {
  readonly author: string
  readonly one: Example
  readonly score: number
}

const rounds = 120
const shrinking = 0.02
const recallWanted = 0.97
const embeddedMark = ' embedded'

/**
 * The cases of each author: files of one author share the beginning of their names. Some short cases
 * come a second time within a long harmless note of the same author, as they are found in records.
 */
export function casesOf(pattern: string): ReadonlyMap<string, readonly Example[]> {
  const authors = new Map<string, Line[]>()
  for (const path of globSync(pattern).toSorted()) {
    const author = basename(path).replace(/-.*$/, '')
    const known = authors.get(author) ?? []
    authors.set(author, known)
    for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean))
      known.push(JSON.parse(line) as Line)
  }
  return new Map(
    [...authors].map(([author, lines]) => [author, [...lines, ...embedded(lines)].map(exampleOf)]),
  )
}

function embedded(lines: readonly Line[]): readonly Line[] {
  const carriers = lines.filter(({ label, text }) => label === 'release' && text.length > 350)
  return lines.flatMap((line, at) => {
    if (at % 2 !== 0 || line.text.length > 220) return []
    const fitting = carriers.filter(
      ({ context }) =>
        context.sex === line.context.sex &&
        (context.patientAge ?? 0) < 16 === (line.context.patientAge ?? 0) < 16,
    )
    const carrier = fitting[at % Math.max(1, fitting.length)]
    if (!carrier) return []
    const parts = carrier.text.split(/(?<=[.\n])\s+/)
    const place = (at * 7) % (parts.length + 1)
    const text = [...parts.slice(0, place), line.text, ...parts.slice(place)].join(' ')
    return [{ ...line, id: `${line.id}${embeddedMark}`, text }]
  })
}

function exampleOf({ id, text, context, label, categories }: Line): Example {
  const displays = (context.codes ?? []).flatMap(({ display }) => display ?? [])
  const sentences = sentenceFeatures([text, ...displays].join('\n'), context)
  return {
    id,
    length: text.length,
    needsPerson: label === 'review',
    isHeldAnyway: isSurelyHeld(text, context),
    categories,
    sentences,
  }
}

/**
 * Learns by going downhill in fixed steps over all cases. Of a case that needs a person it is the
 * likest sentences that teach, of any other all of them, the likest most.
 */
export function train(examples: readonly Example[]): Learnt {
  const { names, rows, owner } = tableOf(examples)
  const weights = new Float64Array(names.length + 1)
  const [mean, square] = [new Float64Array(weights.length), new Float64Array(weights.length)]
  weights[names.length] = -0.5
  for (let round = 0; round < rounds; round++) {
    const slope = slopeOf(weights, rows, owner, examples)
    const rate = 0.1 * (1 - (round / rounds) * 0.9)
    for (let at = 0; at < weights.length; at++) {
      const one = slope[at] ?? 0
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * one
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * one * one
      const step = (mean[at] ?? 0) / (1 - 0.9 ** (round + 1))
      const size = Math.sqrt((square[at] ?? 0) / (1 - 0.99 ** (round + 1))) + 1e-8
      weights[at] = (weights[at] ?? 0) - rate * (at === names.length ? 0.3 : 1) * (step / size)
    }
  }
  const start = weights[names.length] ?? 0
  const byName = new Map(names.map((name, at) => [name, weights[at] ?? 0]))
  return { weights: byName, start, scoreOf: (one) => scoreOf(one, byName, start) }
}

function scoreOf(
  { sentences, isHeldAnyway }: Example,
  weights: ReadonlyMap<string, number>,
  start: number,
): number {
  let best = isHeldAnyway ? 99 : -99
  for (const features of sentences) {
    let [sum, known] = [0, 0]
    for (const feature of features) {
      const weight = weights.get(feature)
      if (weight === undefined) continue
      sum += weight
      known++
    }
    best = Math.max(best, sum / Math.sqrt(known + 3) + start)
  }
  return best
}

function tableOf(examples: readonly Example[]) {
  const counts = new Map<string, number>()
  for (const { sentences } of examples) {
    const seen = new Set<string>()
    for (const features of sentences) for (const feature of features) seen.add(feature)
    for (const feature of seen) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  }
  const names = [...counts].filter(([, count]) => count > 1).map(([name]) => name)
  const numbers = new Map(names.map((name, at) => [name, at]))
  const rows: Int32Array[] = []
  const owner: number[] = []
  for (const [at, { sentences }] of examples.entries()) {
    for (const features of sentences) {
      rows.push(Int32Array.from([...features].flatMap((name) => numbers.get(name) ?? [])))
      owner.push(at)
    }
  }
  return { names, rows, owner }
}

function slopeOf(
  weights: Float64Array,
  rows: readonly Int32Array[],
  owner: readonly number[],
  examples: readonly Example[],
): Float64Array {
  const start = weights[weights.length - 1] ?? 0
  const scores = rows.map((row) => {
    let sum = 0
    for (const at of row) sum += weights[at] ?? 0
    return sum / Math.sqrt(row.length + 3) + start
  })
  const highest = new Float64Array(examples.length).fill(-99)
  for (const [row, score] of scores.entries())
    highest[owner[row] ?? 0] = Math.max(highest[owner[row] ?? 0] ?? -99, score)
  const shares = scores.map((score, row) => Math.exp(score - (highest[owner[row] ?? 0] ?? 0)))
  const whole = new Float64Array(examples.length)
  for (const [row, share] of shares.entries())
    whole[owner[row] ?? 0] = (whole[owner[row] ?? 0] ?? 0) + share
  const slope = new Float64Array(weights.length)
  for (let at = 0; at < weights.length - 1; at++) slope[at] = shrinking * (weights[at] ?? 0)
  for (const [row, features] of rows.entries()) {
    const needs = examples[owner[row] ?? 0]?.needsPerson ? 1 : 0
    const part = (shares[row] ?? 0) / (whole[owner[row] ?? 0] ?? 1)
    const gap = 1 / (1 + Math.exp(-(scores[row] ?? 0))) - needs
    const push = gap * (needs === 1 ? part : 0.5 * part + 0.15)
    const each = push / Math.sqrt(features.length + 3)
    for (const at of features) slope[at] = (slope[at] ?? 0) + each
    slope[weights.length - 1] = (slope[weights.length - 1] ?? 0) + push
  }
  return slope
}

/** The limit, in thousandths, above which the wanted share of what needs a person is. */
export function limitFor(unseen: readonly Unseen[]): number {
  const scores = unseen
    .filter(({ one }) => one.needsPerson && !one.id.endsWith(embeddedMark))
    .map(({ score }) => score)
  const sorted = scores.toSorted((a, b) => b - a)
  return Math.floor((sorted[Math.ceil(recallWanted * sorted.length) - 1] ?? 0) * 1000) - 1
}

/** Prints for each author how the others' cases teach to sort theirs, at one limit. */
export function report(unseen: readonly Unseen[], limit: number): void {
  console.log(`limit ${limit}`)
  const plain = unseen.filter(({ one }) => !one.id.endsWith(embeddedMark))
  for (const author of [...new Set(plain.map((one) => one.author)), 'all']) {
    const theirs = plain.filter((one) => author === 'all' || one.author === author)
    const share = (needs: boolean) => {
      const all = theirs.filter(({ one }) => one.needsPerson === needs)
      const above = all.filter(({ score }) => score * 1000 > limit).length
      return `${needs ? above : all.length - above} of ${all.length}`
    }
    console.log(`${author}: recall ${share(true)}, specificity ${share(false)}`)
    reportCategories(theirs, limit)
  }
}

function reportCategories(theirs: readonly Unseen[], limit: number): void {
  for (const name of [...new Set(theirs.flatMap(({ one }) => one.categories))].toSorted()) {
    const all = theirs.filter(({ one }) => one.needsPerson && one.categories.includes(name))
    const above = all.filter(({ score }) => score * 1000 > limit).length
    console.log(`  ${name}: ${above} of ${all.length}`)
  }
}

const categoryRounds = 60

/** Whole numbers for the table, in thousandths, small ones left out, always in the same order. */
export function tables(learnt: Learnt, examples: readonly Example[]) {
  return {
    start: Math.round(learnt.start * 1000),
    weights: written(learnt.weights, 12),
    categories: categoriesOf(learnt, examples),
  }
}

function written(weights: ReadonlyMap<string, number>, least: number) {
  const byKind: Record<string, string[]> = {}
  const sorted = [...weights].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [feature, weight] of sorted) {
    const rounded = Math.round(weight * 1000)
    if (Math.abs(rounded) < least) continue
    const [kind = '', of = '', name = ''] = feature.split('\t')
    const list = (byKind[kind] ??= [])
    list.push(`${of || '-'} ${name || '-'} ${rounded}`)
  }
  return Object.fromEntries(Object.entries(byKind).map(([kind, list]) => [kind, list.join(' ')]))
}

/** For each category the sets, rules and words that tell it from the others, of the likest sentence. */
function categoriesOf(learnt: Learnt, examples: readonly Example[]) {
  const telling = examples
    .filter(({ needsPerson, categories }) => needsPerson && categories.length > 0)
    .map((one) => ({ names: one.categories, features: tellingOf(one, learnt) }))
  const names = [...new Set(telling.flatMap((one) => one.names))].toSorted()
  return Object.fromEntries(
    names.map((name) => {
      const weights = new Map<string, number>()
      for (let round = 0; round < categoryRounds; round++) {
        for (const one of telling) {
          let sum = -1
          for (const feature of one.features) sum += weights.get(feature) ?? 0
          const gap = 1 / (1 + Math.exp(-sum)) - (one.names.includes(name) ? 1 : 0)
          for (const feature of one.features) {
            const weight = weights.get(feature) ?? 0
            weights.set(feature, weight - 0.02 * (gap + 0.02 * weight))
          }
        }
      }
      return [name, written(weights, 120)] as const
    }),
  )
}

function tellingOf(one: Example, learnt: Learnt): readonly string[] {
  const scored = one.sentences.map((features) => ({
    features,
    score: learnt.scoreOf({ ...one, isHeldAnyway: false, sentences: [features] }),
  }))
  const [likest] = scored.toSorted((a, b) => b.score - a.score)
  return [...(likest?.features ?? [])].filter((feature) => /^(?:s|r|w|ds)\t/.test(feature))
}
