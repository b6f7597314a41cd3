import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeTurns, Overloaded, type Turns } from './turns.ts'

const outcomeOf = async (turn: Promise<void>) => {
  try {
    await turn
    return 'had'
  } catch (fault) {
    return fault instanceof Overloaded ? 'turned away' : 'fault'
  }
}

describe('turns', () => {
  test('are had at once while there are some, then waited for, then refused', async () => {
    const turns = makeTurns({ atOnce: 1, waiting: 1, waitMs: 60_000 })
    await turns.take(false)
    const second = turns.take(false)
    expect(await outcomeOf(turns.take(false))).toBe('turned away')
    turns.giveBack()
    expect(await outcomeOf(second)).toBe('had')
    turns.giveBack()
    expect([turns.inHand, turns.waiting]).toEqual([0, 0])
  })

  test('go to the signed-in first, in the order in which they came', async () => {
    const turns = makeTurns({ atOnce: 1, waiting: 9, waitMs: 60_000 })
    await turns.take(false)
    const order: string[] = []
    const asked = [
      ['stranger', false],
      ['ann', true],
      ['george', true],
    ] as const
    const all = asked.map(([name, first]) => turns.take(first).then(() => order.push(name)))
    for (const _ of asked) turns.giveBack()
    await Promise.all(all)
    expect(order).toEqual(['ann', 'george', 'stranger'])
  })

  test('give the place of the latest stranger to somebody signed in', async () => {
    const turns = makeTurns({ atOnce: 1, waiting: 2, waitMs: 60_000 })
    await turns.take(false)
    const [early, late] = [outcomeOf(turns.take(false)), outcomeOf(turns.take(false))]
    const signedIn = outcomeOf(turns.take(true))
    expect(await late).toBe('turned away')
    turns.giveBack()
    expect(await signedIn).toBe('had')
    turns.giveBack()
    expect(await early).toBe('had')
  })

  test('are not waited for without end', async () => {
    const turns = makeTurns({ atOnce: 1, waiting: 2, waitMs: 5 })
    await turns.take(false)
    expect(await outcomeOf(turns.take(true))).toBe('turned away')
    expect(turns.waiting).toBe(0)
  })

  test('never exceed what may be in hand or wait, and leave nobody without a word', async () => {
    const steps = fc.array(fc.constantFrom('stranger', 'signed in', 'give back'), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.nat(3), steps, async (more, waiting, all) => {
        const limits = { atOnce: 1 + more, waiting, waitMs: 60_000 }
        await keepsWithin(makeTurns(limits), limits, all)
      }),
    )
  })
})

async function keepsWithin(
  turns: Turns,
  limits: { readonly atOnce: number; readonly waiting: number },
  steps: readonly string[],
): Promise<void> {
  const outcomes: Promise<string>[] = []
  for (const step of steps) {
    if (step === 'give back') {
      if (turns.inHand > 0) turns.giveBack()
    } else outcomes.push(outcomeOf(turns.take(step === 'signed in')))
    expect(turns.inHand).toBeLessThanOrEqual(limits.atOnce)
    expect(turns.waiting).toBeLessThanOrEqual(limits.waiting)
    if (turns.waiting > 0) expect(turns.inHand).toBe(limits.atOnce)
  }
  while (turns.inHand > 0) turns.giveBack()
  const ends = await Promise.all(outcomes)
  expect(ends.every((end) => end === 'had' || end === 'turned away')).toBe(true)
  expect(turns.waiting).toBe(0)
}
