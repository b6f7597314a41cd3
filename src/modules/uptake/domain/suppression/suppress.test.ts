import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { suppress, type Hiding, type SumNode } from './suppress.ts'

/** A tree of sums from its leaves: each list is a node, each number a leaf. */
type Tree = number | readonly Tree[]

function nodesOf(tree: Tree): readonly SumNode[] {
  const nodes: { parent?: number; value: number }[] = []
  const add = (part: Tree, parent?: number): number => {
    const at = nodes.push({ ...(parent !== undefined && { parent }), value: 0 }) - 1
    const node = nodes[at]
    if (!node) return 0
    node.value =
      typeof part === 'number' ? part : part.reduce((sum: number, one) => sum + add(one, at), 0)
    return node.value
  }
  add(tree)
  return nodes
}

/** What a page shows of each number. */
function shown(nodes: readonly SumNode[], hidden: ReadonlyMap<number, Hiding>) {
  return nodes.map(({ value }, at) => hidden.get(at) ?? value)
}

/**
 * Every value that each leaf can have, found by trying all: what somebody with patience could do.
 * `most` bounds what is withheld, generously above anything in the tree.
 */
function possible(
  nodes: readonly SumNode[],
  hidden: ReadonlyMap<number, Hiding>,
  most: number,
): readonly ReadonlySet<number>[] {
  const leaves = nodes.flatMap((_, at) => (nodes.some((one) => one.parent === at) ? [] : [at]))
  const seen = nodes.map(() => new Set<number>())
  const values = nodes.map(() => 0)
  const attempt = (place: number): void => {
    const leaf = leaves[place]
    if (leaf === undefined) {
      const sums = [...values]
      for (let at = nodes.length - 1; at > 0; at--) {
        const parent = nodes[at]?.parent
        if (parent !== undefined) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0)
      }
      if (sums.every((sum, at) => fits(sum, at))) sums.forEach((sum, at) => seen[at]?.add(sum))
      return
    }
    for (const value of choices(leaf)) {
      values[leaf] = value
      attempt(place + 1)
    }
    values[leaf] = 0
  }
  const choices = (at: number): readonly number[] => {
    const hiding = hidden.get(at)
    if (hiding === undefined) return [nodes[at]?.value ?? 0]
    return Array.from({ length: hiding === 'few' ? 4 : most }, (_, index) => index + 1)
  }
  const fits = (sum: number, at: number): boolean => {
    const hiding = hidden.get(at)
    if (hiding === undefined) return sum === nodes[at]?.value
    return sum >= 1 && (hiding === 'withheld' || sum <= 4)
  }
  attempt(0)
  return seen
}

describe('suppress', () => {
  test('shows everything where nothing is small, noughts too', () => {
    expect(suppress(nodesOf([10, 0, 7])).size).toBe(0)
  })

  test('hides 1 to 4, and neither 0 nor 5', () => {
    expect(shown(nodesOf([[0, 1, 4, 5, 90]]), suppress(nodesOf([[0, 1, 4, 5, 90]])))).toContain(0)
    const nodes = nodesOf([1, 2, 3, 4, 0, 5, 60])
    expect(shown(nodes, suppress(nodes)).slice(1)).toEqual(['few', 'few', 'few', 'few', 0, 5, 60])
  })

  test('hides the smallest beside the only small one, which could be subtracted otherwise', () => {
    const nodes = nodesOf([3, 40, 12])
    expect(shown(nodes, suppress(nodes))).toEqual([55, 'few', 40, 'withheld'])
  })

  test('hides one more where all the small ones must be 1, or must be 4', () => {
    expect(shown(nodesOf([1, 1, 30]), suppress(nodesOf([1, 1, 30])))).toEqual([
      32,
      'few',
      'few',
      'withheld',
    ])
    expect(suppress(nodesOf([4, 4, 30])).get(3)).toBe('withheld')
  })

  test('hides below a hidden sum, which its parts would give away', () => {
    const nodes = nodesOf([[2], [40, 20]])
    const pages = shown(nodes, suppress(nodes))
    expect(pages[3]).toBe('withheld')
    expect(pages.slice(4)).toContain('withheld')
  })

  test('whatever the figures, nobody can work out a number from 1 to 4', () => {
    const leaf = fc.oneof({ weight: 2, arbitrary: fc.nat(5) }, fc.nat(12))
    const branch = fc.array(leaf, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(branch, { minLength: 1, maxLength: 3 }), (tree) => {
        const nodes = nodesOf(tree)
        const hidden = suppress(nodes)
        nodes.forEach(({ value }, at) => {
          if (value >= 1 && value <= 4) expect(hidden.has(at)).toBe(true)
          if (value === 0) expect(hidden.has(at)).toBe(false)
        })
        if (hidden.size > 7) return
        const found = possible(nodes, hidden, 15)
        for (const at of hidden.keys()) expect(found[at]?.size).toBeGreaterThan(1)
      }),
      { numRuns: 400 },
    )
  })
})
