import { termOf, type Sighting, type Term } from './word.ts'

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

/** What was filed, by number. */
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
  let mesh = meshOf(filed)
  let isChanged = false
  return {
    group: (wanted) => {
      const name = [...wanted].toSorted((a, b) => a - b).join(' ')
      const known = numbers.get(name)
      if (known !== undefined) return known
      const group = numbers.size
      numbers.set(name, group)
      filed.under[group] = []
      for (const term of wanted) (filed.groups[term] ??= []).push(group)
      isChanged = true
      return group
    },
    file: (needs, least) => {
      filed.under[least]?.push(filed.needs.length)
      isChanged = true
      return filed.needs.push(needs) - 1
    },
    fill: (sightings, sentences) => {
      if (isChanged) mesh = meshOf(filed)
      isChanged = false
      fillTerms(mesh.terms, sightings, sentences)
      spread(mesh)
      sift(mesh)
    },
    filed: (first, last) => bitsOf(mesh.may, first, last),
    isSeen: (needs) => isSeen(mesh.seen.bits, needs),
    sentencesWith: (needs) => {
      let bits = -1
      for (const group of needs) bits &= mesh.seen.bits[group] ?? 0
      return bits
    },
  }
}

/** What was filed, laid flat, and what of it is seen in a text. */
interface Mesh {
  readonly terms: Marks
  readonly seen: Marks
  readonly groups: Flat
  readonly under: Flat
  readonly needs: Flat
  /** What may be in the text, as bits. */
  readonly may: Int32Array
}

/** Lists one after another: the list of `n` is in `items` from `starts[n]` to `starts[n + 1]`. */
interface Flat {
  readonly starts: Int32Array
  readonly items: Int32Array
}

/** Bits by number, forgotten at little cost: `marked` are the numbers that have any. */
interface Marks {
  readonly bits: Int32Array
  readonly marked: Int32Array
  count: number
}

function meshOf({ needs, under, groups }: Filed): Mesh {
  return {
    terms: marksFor(groups.length),
    seen: marksFor(under.length),
    groups: flat(groups),
    under: flat(under),
    needs: flat(needs),
    may: new Int32Array((needs.length >> 5) + 1),
  }
}

function marksFor(size: number): Marks {
  return { bits: new Int32Array(size), marked: new Int32Array(size), count: 0 }
}

function flat(lists: readonly (readonly number[] | undefined)[]): Flat {
  const starts = new Int32Array(lists.length + 1)
  const items: number[] = []
  for (let at = 0; at < lists.length; at++) {
    starts[at] = items.length
    items.push(...(lists[at] ?? []))
  }
  starts[lists.length] = items.length
  return { starts, items: Int32Array.from(items) }
}

function clear(marks: Marks): void {
  for (let at = 0; at < marks.count; at++) marks.bits[marks.marked[at] ?? 0] = 0
  marks.count = 0
}

function mark(marks: Marks, at: number, more: number): void {
  const before = marks.bits[at]
  if (before === undefined) return
  if (before === 0) marks.marked[marks.count++] = at
  marks.bits[at] = before | more
}

function fillTerms(
  terms: Marks,
  sightings: readonly (readonly Sighting[])[],
  sentences: readonly number[],
): void {
  clear(terms)
  for (let index = 0; index + 1 < sentences.length; index++) {
    const bit = bitOf(index)
    const to = sentences[index + 1] ?? 0
    for (let at = sentences[index] ?? 0; at < to; at++) {
      const seen = sightings[at]
      if (seen)
        for (let one = 0; one < seen.length; one++) mark(terms, termOf(seen[one] ?? -1), bit)
    }
  }
}

/** From terms to the groups that they are in. */
function spread({ terms, seen, groups }: Mesh): void {
  clear(seen)
  for (let at = 0; at < terms.count; at++) {
    const term = terms.marked[at] ?? 0
    const bits = terms.bits[term] ?? 0
    const last = groups.starts[term + 1] ?? 0
    for (let item = groups.starts[term] ?? 0; item < last; item++)
      mark(seen, groups.items[item] ?? 0, bits)
  }
}

/** From groups to what is filed under them and has all that it needs. */
function sift({ seen, under, needs, may }: Mesh): void {
  may.fill(0)
  for (let at = 0; at < seen.count; at++) {
    const group = seen.marked[at] ?? 0
    const last = under.starts[group + 1] ?? 0
    for (let item = under.starts[group] ?? 0; item < last; item++) {
      const one = under.items[item] ?? 0
      const end = needs.starts[one + 1] ?? 0
      let need = needs.starts[one] ?? 0
      while (need < end && seen.bits[needs.items[need] ?? 0] !== 0) need++
      if (need === end) may[one >> 5] = (may[one >> 5] ?? 0) | bitOf(one)
    }
  }
}

function isSeen(bits: Int32Array, needs: readonly Group[]): boolean {
  for (const group of needs) if (bits[group] === 0) return false
  return true
}

/** The numbers from `first` to `last`, excluded, whose bits are set, in order. */
function bitsOf(words: Int32Array, first: number, last: number): readonly number[] {
  const found: number[] = []
  for (let word = first >> 5; word << 5 < last; word++) {
    for (let bits = words[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const one = (word << 5) + 31 - Math.clz32(bits & -bits)
      if (one >= first && one < last) found.push(one)
    }
  }
  return found
}
