import type { Sighting, Term } from './word.ts'

/** Terms one of which must stand somewhere, by the number that a sieve gave them. */
export type Group = number

/**
 * Tells which of many patterns a text may hold, by the terms seen in it, before any is looked for.
 * It speaks of the text that it was last filled with.
 */
export interface Sieve {
  /** The number of a group of terms, the same for the same terms. */
  readonly group: (terms: ReadonlySet<Term>) => Group
  /** Files what needs one of each of these groups, under the one that is the least expected. */
  readonly file: (needs: readonly Group[], least: Group) => number
  /** Takes in what was seen of a text at each token, sentence by sentence. */
  readonly fill: (sightings: readonly (readonly Sighting[])[], sentences: readonly number[]) => void
  /** What was filed from `first` to `last`, excluded, and may be in the text, in order. */
  readonly filed: (first: number, last: number) => readonly number[]
  /** Whether each group is seen somewhere in the text. */
  readonly isSeen: (needs: readonly Group[]) => boolean
  /** The sentences that may have all groups, as bits, the 33rd sharing with the first and so on. */
  readonly sentencesWith: (needs: readonly Group[]) => number
}

/** The bit of a sentence. */
export function bitOf(sentence: number): number {
  return 1 << (sentence & 31)
}

/** What was filed, for many texts. */
interface Filed {
  readonly needs: (readonly Group[])[]
  /** For each group what is filed under it. */
  readonly under: number[][]
  /** For each term the groups that it is in. */
  readonly groups: Group[][]
}

/** Makes a sieve in which nothing is filed. */
export function makeSieve(): Sieve {
  const filed: Filed = { needs: [], under: [], groups: [] }
  const numbers = new Map<string, Group>()
  const terms = makeMarks()
  const seen = makeMarks()
  const sentencesWith = (needs: readonly Group[]) => {
    let bits = -1
    for (const group of needs) bits &= seen.bits[group] ?? 0
    return bits
  }
  const isSeen = (needs: readonly Group[]) => {
    for (const group of needs) if ((seen.bits[group] ?? 0) === 0) return false
    return true
  }
  return {
    group: (wanted) => {
      const name = [...wanted].toSorted((a, b) => a - b).join(' ')
      const known = numbers.get(name)
      if (known !== undefined) return known
      const group = numbers.size
      numbers.set(name, group)
      filed.under[group] = []
      for (const term of wanted) (filed.groups[term] ??= []).push(group)
      return group
    },
    file: (needs, least) => {
      filed.under[least]?.push(filed.needs.length)
      return filed.needs.push(needs) - 1
    },
    fill: (sightings, sentences) => {
      terms.clear()
      seen.clear()
      for (let index = 0; index + 1 < sentences.length; index++) {
        const to = sentences[index + 1] ?? 0
        for (let at = sentences[index] ?? 0; at < to; at++)
          for (const { term } of sightings[at] ?? []) terms.add(term, bitOf(index))
      }
      for (const term of terms.marked)
        for (const group of filed.groups[term] ?? []) seen.add(group, terms.bits[term] ?? 0)
    },
    filed: (first, last) => {
      const found: number[] = []
      for (const group of seen.marked)
        for (const one of filed.under[group] ?? [])
          if (one >= first && one < last && isSeen(filed.needs[one] ?? [])) found.push(one)
      return found.sort((a, b) => a - b)
    },
    isSeen,
    sentencesWith,
  }
}

/** Bits by number, forgotten at little cost. */
interface Marks {
  readonly bits: number[]
  readonly marked: number[]
  readonly add: (at: number, more: number) => void
  readonly clear: () => void
}

function makeMarks(): Marks {
  const bits: number[] = []
  const marked: number[] = []
  return {
    bits,
    marked,
    add: (at, more) => {
      while (at >= bits.length) bits.push(0)
      const before = bits[at] ?? 0
      if (before === 0) marked.push(at)
      bits[at] = before | more
    },
    clear: () => {
      for (const at of marked) bits[at] = 0
      marked.length = 0
    },
  }
}
