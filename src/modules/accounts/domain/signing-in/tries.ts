/** What tries are counted by, narrowest first. */
export type TryKind = 'device' | 'account-from-source' | 'source' | 'account'

/** Minutes after which counting starts anew. */
export const windowMinutes = 15

/**
 * Failed tries in a window after which more are refused without being looked at. One place trying
 * one account is stopped long before the account is closed to places that it was never used from;
 * and a device that the account was used on is counted by itself, so that its owner is not locked
 * out by what others do.
 */
export const triesAllowed: Readonly<Record<TryKind, number>> = {
  device: 10,
  'account-from-source': 10,
  source: 100,
  account: 50,
}

/** One count, this try included. */
export interface Tally {
  readonly kind: TryKind
  readonly tries: number
}

/** The beginning of the window that `now` is in. */
export function windowStart(now: Date): Date {
  const length = windowMinutes * 60_000
  return new Date(Math.floor(now.getTime() / length) * length)
}

/** The narrowest count that is over, or `undefined` where the try may be looked at. */
export function overLimit(tallies: readonly Tally[]): Tally | undefined {
  return (['device', 'account-from-source', 'source', 'account'] as const)
    .map((kind) => tallies.find((tally) => tally.kind === kind))
    .find((tally) => tally !== undefined && tally.tries > triesAllowed[tally.kind])
}

/**
 * What a try refused by one count must not count towards: everything wider. Otherwise one place
 * could close an account, or a place, to everybody else by trying on.
 */
export function widerThan(kind: TryKind): readonly TryKind[] {
  const order: readonly TryKind[] = ['device', 'account-from-source', 'source', 'account']
  return order.slice(order.indexOf(kind) + 1)
}
