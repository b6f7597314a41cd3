import { longestWhole, type FeatureKind, type ReadText } from './features.ts'
import type { Numbering } from './numbering.ts'
import { eachWeight, type Weights } from './weights.ts'
import type { Row } from './weighing.ts'

/** Says which of several sorts a sentence is most like; the first of those that are equally like. */
export type Categoriser = (text: ReadText, rows: readonly Row[], index: number) => number

const kinds: readonly FeatureKind[] = ['w', 's', 'ds', 'r']

/**
 * Makes a categoriser of what speaks for each sort: words, sets of words and rules of the sentence,
 * and sets of words of the whole text. Throws where anything else is weighed.
 */
export function makeCategoriser(all: readonly Weights[], numbering: Numbering): Categoriser {
  for (const weights of all)
    for (const kind of Object.keys(weights))
      if (!kinds.some((one) => one === kind)) throw new Error(`No category is weighed by ${kind}`)
  const words = tableOf(all, 'w', numbering.words)
  const sets = tableOf(all, 's', numbering.sets)
  const whole = tableOf(all, 'ds', numbering.sets)
  const rules = tableOf(all, 'r', numbering.rules)
  return (text, rows, index) => {
    const sums = all.map(() => 0)
    const row = rows[index]
    for (const word of row?.words ?? []) addTo(sums, words, word)
    for (const set of row?.sets ?? []) addTo(sums, sets, set)
    const found = text.sentences[index]?.rules ?? []
    for (const rule of found.length > 0 ? [...found, 'any'] : [])
      addTo(sums, rules, numbering.rules.get(rule) ?? -1)
    if (text.tokens.length <= longestWhole)
      for (const set of new Set(rows.flatMap((one) => one.sets))) addTo(sums, whole, set)
    return sums.indexOf(Math.max(...sums))
  }
}

/** For each thing that has a number what it says of each sort; nothing where it says nothing. */
function tableOf(
  all: readonly Weights[],
  kind: FeatureKind,
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<number, Int32Array> {
  const table = new Map<number, Int32Array>()
  for (const [at, weights] of all.entries()) {
    eachWeight(weights, kind, (of, name, weight) => {
      const number = of === '' ? numbers.get(name) : undefined
      if (number === undefined) return
      const says = table.get(number) ?? new Int32Array(all.length)
      table.set(number, says)
      says[at] = weight
    })
  }
  return table
}

function addTo(sums: number[], table: ReadonlyMap<number, Int32Array>, one: number): void {
  const says = table.get(one)
  if (says) for (const [at, weight] of says.entries()) sums[at] = (sums[at] ?? 0) + weight
}
