/** A number in a tree of sums: what its children have adds up to what it has. */
export interface SumNode {
  /** The place of its parent in the list; absent for the top. Parents stand before children. */
  readonly parent?: number
  /** Absent where nothing is told; counts as nought in the sum. */
  readonly value: number
}

/** Why a number is not shown: it is from 1 to 4, or it would give away one that is. */
export type Hiding = 'few' | 'withheld'

/** Numbers from 1 to this are not shown. Source: NHS Digital, disclosure control of small numbers. */
export const fewAtMost = 4

interface Range {
  readonly least: number
  readonly most: number
}

/**
 * Which numbers not to show, by their place in the list, so that no number from 1 to 4 can be worked
 * out from those shown. Whoever reads "few" knows 1 to 4, of "withheld" only that it is not nought,
 * and that sums are sums: as long as that pins any hidden number to one value, more is hidden.
 */
export function suppress(nodes: readonly SumNode[]): ReadonlyMap<number, Hiding> {
  const hidden = new Map<number, Hiding>()
  nodes.forEach(({ value }, at) => {
    if (value >= 1 && value <= fewAtMost) hidden.set(at, 'few')
  })
  if (hidden.size === 0) return hidden
  const children = childrenOf(nodes)
  for (;;) {
    const given = givenAway(nodes, children, hidden)
    if (given.length === 0) return hidden
    const before = [...hidden.values()].filter((hiding) => hiding === 'withheld').length
    // One more for each sum in a round: it may protect all of that sum's parts.
    const families = Map.groupBy(given, (at) => nodes[at]?.parent)
    for (const [at] of families.values()) {
      if (at !== undefined) hideMore(nodes, children, hidden, at)
    }
    const after = [...hidden.values()].filter((hiding) => hiding === 'withheld').length
    if (after === before) throw new Error('A small number cannot be hidden')
  }
}

function childrenOf(nodes: readonly SumNode[]): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  nodes.forEach(({ parent, value }, at) => {
    if (parent === undefined || value === 0) return
    const known = children.get(parent)
    if (known) known.push(at)
    else children.set(parent, [at])
  })
  return children
}

type Children = ReadonlyMap<number, readonly number[]>

/** Hidden numbers of which only one value is possible. Exact, since the sums form a tree. */
function givenAway(
  nodes: readonly SumNode[],
  children: Children,
  hidden: ReadonlyMap<number, Hiding>,
): readonly number[] {
  const ranges = new Map<number, Range>()
  for (const [at, hiding] of hidden)
    ranges.set(at, { least: 1, most: hiding === 'few' ? fewAtMost : Infinity })
  const sums = new Set<number>()
  for (const at of hidden.keys()) {
    const parent = nodes[at]?.parent
    if (parent !== undefined) sums.add(parent)
    if (children.has(at)) sums.add(at)
  }
  const upwards = [...sums].toSorted((a, b) => b - a)
  for (let isNarrowed = true; isNarrowed;) {
    isNarrowed = false
    for (const sum of upwards) {
      if (narrow(nodes, sum, children.get(sum) ?? [], ranges)) isNarrowed = true
    }
  }
  return [...ranges].filter(([, { least, most }]) => least === most).map(([at]) => at)
}

/** Narrows what is possible by one sum: the parent's range, then each child's. */
function narrow(
  nodes: readonly SumNode[],
  sum: number,
  parts: readonly number[],
  ranges: Map<number, Range>,
): boolean {
  const rangeOf = (at: number): Range => {
    const value = nodes[at]?.value ?? 0
    return ranges.get(at) ?? { least: value, most: value }
  }
  const all = parts.map(rangeOf)
  const least = all.reduce((total, range) => total + range.least, 0)
  const openEnded = all.filter(({ most }) => most === Infinity).length
  const most = all.reduce((total, range) => total + (range.most === Infinity ? 0 : range.most), 0)
  let isNarrowed = tighten(ranges, sum, least, openEnded > 0 ? Infinity : most)
  const whole = rangeOf(sum)
  for (const at of parts) {
    if (!ranges.has(at)) continue
    const own = rangeOf(at)
    const othersOpen = openEnded - (own.most === Infinity ? 1 : 0)
    const othersMost = othersOpen > 0 ? Infinity : most - (own.most === Infinity ? 0 : own.most)
    const found = tighten(ranges, at, whole.least - othersMost, whole.most - (least - own.least))
    // What was found of one part changes the sums for the others: the next round takes it in.
    if (found) return true
    isNarrowed ||= found
  }
  return isNarrowed
}

function tighten(ranges: Map<number, Range>, at: number, least: number, most: number): boolean {
  const known = ranges.get(at)
  if (!known || (least <= known.least && most >= known.most)) return false
  ranges.set(at, { least: Math.max(known.least, least), most: Math.min(known.most, most) })
  return true
}

/**
 * Hides one number more to protect the one at `at`: the smallest beside it, or below it, or the sum
 * it is part of; and where all of them are hidden, no longer says of one that it is few.
 */
function hideMore(
  nodes: readonly SumNode[],
  children: Children,
  hidden: Map<number, Hiding>,
  at: number,
): void {
  const parent = nodes[at]?.parent
  const beside = parent === undefined ? [] : (children.get(parent) ?? [])
  const shown = [...beside, ...(children.get(at) ?? [])].filter((one) => !hidden.has(one))
  const valueOf = (one: number) => nodes[one]?.value ?? 0
  const [smallest] = shown.toSorted((a, b) => valueOf(a) - valueOf(b))
  const above = parent !== undefined && !hidden.has(parent) ? parent : undefined
  const family = [
    at,
    ...beside,
    ...(parent === undefined ? [] : [parent]),
    ...(children.get(at) ?? []),
  ]
  const next = smallest ?? above ?? family.find((one) => hidden.get(one) === 'few')
  if (next !== undefined) hidden.set(next, 'withheld')
}
