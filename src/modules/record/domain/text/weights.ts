import type { FeatureKind } from './features.ts'

/**
 * What things seen in a text weigh, by kind: what qualifies them, their name and a whole number, over
 * and over, with a dash where nothing qualifies them or they have no name.
 */
export type Weights = Readonly<Partial<Record<FeatureKind, string>>>

/** Gives each weight of a kind, as it is written, to whoever asks. */
export function eachWeight(
  weights: Weights,
  kind: FeatureKind,
  take: (of: string, name: string, weight: number) => void,
): void {
  const written = weights[kind] ?? ''
  let [of, name] = ['', '']
  let part = 0
  for (let from = 0; from < written.length; part++) {
    const blank = written.indexOf(' ', from)
    const to = blank < 0 ? written.length : blank
    const word = written.slice(from, to)
    if (part % 3 === 0) of = word
    else if (part % 3 === 1) name = word
    else take(bare(of), bare(name), Number(word))
    from = to + 1
  }
}

/** How many weights of a kind there are. */
export function countOf(weights: Weights, kind: FeatureKind): number {
  const written = weights[kind] ?? ''
  let blanks = 0
  for (let at = written.indexOf(' '); at >= 0; at = written.indexOf(' ', at + 1)) blanks++
  return Math.ceil(blanks / 3)
}

function bare(part: string): string {
  return part === '-' ? '' : part
}

/** In place of a weight: there is none. */
export const noWeight = -0x80_00_00_00

/** Weights of things that have numbers, with `noWeight` for those without. */
export function weightsBy(
  numbers: ReadonlyMap<string, number>,
  weights: Weights,
  kind: FeatureKind,
): Int32Array {
  const table = new Int32Array(numbers.size).fill(noWeight)
  eachWeight(weights, kind, (of, name, weight) => {
    const number = of === '' ? numbers.get(name) : undefined
    if (number !== undefined) table[number] = weight
  })
  return table
}

/** What pairs of things weigh, each thing by its number. */
export interface PairTable {
  /**
   * The weight of a pair, where it has one and was not asked for at this time before; else
   * `noWeight`. Times are whole numbers from 1.
   */
  readonly weightOf: (first: number, second: number, now: number) => number
  /** Forgets what was asked for. */
  readonly forget: () => void
}

/**
 * Makes a table of `count` pairs at most, given by `fill`. A pair, its weight and when it was asked
 * for lie side by side, so that a pair costs one look into memory.
 */
export function makePairTable(
  count: number,
  fill: (add: (first: number, second: number, weight: number) => void) => void,
): PairTable {
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2))
  const cells = new Int32Array(size * 4).fill(-1)
  const last = size - 1
  const placeOf = (first: number, second: number) => {
    let place = (Math.imul(first, 0x9e_37_79_b1) ^ Math.imul(second, 0x85_eb_ca_6b)) >>> 8
    for (place &= last; cells[place * 4] !== -1; place = (place + 1) & last)
      if (cells[place * 4] === first && cells[place * 4 + 1] === second) break
    return place * 4
  }
  fill((first, second, weight) => {
    cells.set([first, second, weight], placeOf(first, second))
  })
  return {
    weightOf: (first, second, now) => {
      const place = placeOf(first, second)
      if (cells[place] === -1 || cells[place + 3] === now) return noWeight
      cells[place + 3] = now
      return cells[place + 2] ?? noWeight
    },
    forget: () => {
      for (let at = 3; at < cells.length; at += 4) cells[at] = -1
    },
  }
}
