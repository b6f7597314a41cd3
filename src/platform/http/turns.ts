/** How much may be in hand at once, how much may wait for its turn, and for how long. */
export interface TurnLimits {
  readonly atOnce: number
  readonly waiting: number
  readonly waitMs: number
}

/** There is no room: whoever asked is to come back later. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

/** Gives turns to work, so that what is in hand and what waits are both bounded. */
export interface Turns {
  /**
   * Resolves when it is the caller's turn; each turn is to be given back once. Rejects with
   * Overloaded where too many wait, or too long. Those `first` go before all others, and take the
   * place of one that is not when all places to wait are taken.
   */
  take(first: boolean): Promise<void>
  giveBack(): void
  readonly inHand: number
  readonly waiting: number
}

interface Waiter {
  readonly go: () => void
  readonly turnAway: () => void
}

/** Makes the turns of one server. */
export function makeTurns(limits: TurnLimits): Turns {
  let inHand = 0
  const first = new Set<Waiter>()
  const others = new Set<Waiter>()

  const room = (isFirst: boolean): boolean => {
    if (first.size + others.size < limits.waiting) return true
    const youngest = isFirst ? [...others].at(-1) : undefined
    youngest?.turnAway()
    return youngest !== undefined
  }
  const wait = (queue: Set<Waiter>): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (then: () => void) => () => {
        clearTimeout(timer)
        queue.delete(waiter)
        then()
      }
      const turnAway = leave(() => reject(new Overloaded('Too much is waiting')))
      const timer = setTimeout(turnAway, limits.waitMs)
      const waiter = { go: leave(resolve), turnAway }
      queue.add(waiter)
    })

  return {
    take: (isFirst) => {
      if (inHand < limits.atOnce) {
        inHand++
        return Promise.resolve()
      }
      if (!room(isFirst)) return Promise.reject(new Overloaded('Too much is waiting'))
      return wait(isFirst ? first : others)
    },
    giveBack: () => {
      const [next] = first.size > 0 ? first : others
      if (next) next.go()
      else inHand--
    },
    get inHand() {
      return inHand
    },
    get waiting() {
      return first.size + others.size
    },
  }
}
