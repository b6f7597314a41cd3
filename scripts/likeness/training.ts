import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fewestAround } from '../../src/modules/record/domain/text/likeness.ts'
import {
  isSurelyHeld,
  type ScreenContext,
} from '../../src/modules/record/domain/text/screen-text.ts'
import { loneFeatures, sentenceFeatures } from '../../src/modules/record/domain/text/text-rules.ts'

/** A labelled case, with what is weighed of each of its sentences. */
export interface Example {
  readonly id: string
  /** In characters. */
  readonly length: number
  readonly needsPerson: boolean
  /** Whatever its sentences weigh, it is held. */
  readonly isHeldAnyway: boolean
  /** How much it teaches; 1 for a case as it was written. */
  readonly share: number
  readonly categories: readonly string[]
  readonly sentences: readonly ReadonlySet<string>[]
  /** The same as if each stood alone; none in a text of few sentences. */
  readonly alone: readonly ReadonlySet<string>[]
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
  /** The likest sentence as if it stood alone. */
  readonly loneScoreOf: (example: Example) => number
}

const rounds = 80
const shrinking = 0.02
/** How much a case within a long note teaches, beside one that was written as it stands. */
const embeddedShare = 0.15
/** The names of cases that were put within a long note end so. */
export const embeddedMark = ' embedded'

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
  const words = [text, ...displays].join('\n')
  const sentences = sentenceFeatures(words, context)
  return {
    id,
    length: text.length,
    needsPerson: label === 'review',
    isHeldAnyway: isSurelyHeld(text, context),
    share: id.endsWith(embeddedMark) ? embeddedShare : 1,
    categories,
    sentences,
    alone: sentences.length < fewestAround ? [] : loneFeatures(words, context),
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
  return {
    weights: byName,
    start,
    scoreOf: (one) => scoreOf(one, byName, start),
    loneScoreOf: (one) => scoreOf({ ...one, sentences: one.alone }, byName, start),
  }
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

const numbers = new Map<string, number>()
const numbered = new WeakMap<ReadonlySet<string>, Int32Array>()

/** The features of a sentence as numbers, the same whichever author is left out. */
function numbersOf(features: ReadonlySet<string>): Int32Array {
  const known = numbered.get(features)
  if (known) return known
  const found = new Int32Array(features.size)
  let at = 0
  for (const name of features) {
    const number = numbers.get(name) ?? numbers.size
    if (number === numbers.size) numbers.set(name, number)
    found[at++] = number
  }
  numbered.set(features, found)
  return found
}

function tableOf(examples: readonly Example[]) {
  const read = examples.map(({ sentences }) => sentences.map(numbersOf))
  const [counts, last] = [new Int32Array(numbers.size), new Int32Array(numbers.size).fill(-1)]
  for (const [at, sentences] of read.entries()) {
    for (const features of sentences) {
      for (const feature of features) {
        if (last[feature] === at) continue
        last[feature] = at
        counts[feature] = (counts[feature] ?? 0) + 1
      }
    }
  }
  const names: string[] = []
  const places = new Int32Array(numbers.size).fill(-1)
  for (const [name, number] of numbers)
    if ((counts[number] ?? 0) > 1) places[number] = names.push(name) - 1
  const rows: Int32Array[] = []
  const owner: number[] = []
  for (const [at, sentences] of read.entries()) {
    for (const features of sentences) {
      rows.push(features.map((feature) => places[feature] ?? -1).filter((place) => place >= 0))
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
    const { needsPerson = false, share = 1 } = examples[owner[row] ?? 0] ?? {}
    const needs = needsPerson ? 1 : 0
    const part = (shares[row] ?? 0) / (whole[owner[row] ?? 0] ?? 1)
    const gap = 1 / (1 + Math.exp(-(scores[row] ?? 0))) - needs
    const push = share * gap * (needs === 1 ? part : 0.5 * part + 0.15)
    const each = push / Math.sqrt(features.length + 3)
    for (const at of features) slope[at] = (slope[at] ?? 0) + each
    slope[weights.length - 1] = (slope[weights.length - 1] ?? 0) + push
  }
  return slope
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
