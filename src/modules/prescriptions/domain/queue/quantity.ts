import { accept, refuse, type Result } from '#kernel/result'
import type { Medicine } from '../medicine.ts'
import { daysOfQuantity } from '../supply.ts'

/** How far whoever approves may leave the usual quantity. */
export interface QuantityPolicy {
  readonly quantityPolicy: 'lower-only' | 'up-to-days'
  /** With `up-to-days`: the longest that one supply may last. At least 1. */
  readonly quantityMaxDays: number
}

/** Why a quantity cannot be approved, and the most that can, in days. */
export type QuantityRefusal =
  | { readonly reason: 'quantity-unclear' | 'quantity-raised' }
  | { readonly reason: 'quantity-too-long'; readonly maxDays: number }

type Usual = Pick<Medicine, 'quantity' | 'durationDays'>

/**
 * The quantity to approve instead of the usual one, in the record's own unit, and how long it
 * lasts. `count` is as many of that unit. A usual quantity that says no number and unit, or lasts
 * nobody knows how long, cannot be changed here.
 */
export function decideQuantity(
  usual: Usual,
  count: number,
  policy: QuantityPolicy,
  mostDays?: number,
): Result<{ readonly quantity: string; readonly days: number }, QuantityRefusal> {
  const amount = amountOf(usual.quantity)
  const { durationDays } = usual
  if (!amount || durationDays === undefined || !(count > 0)) {
    return refuse({ reason: 'quantity-unclear' })
  }
  const quantity = `${count} ${amount.unit}`.trim()
  const days = daysOfQuantity(durationDays, usual.quantity, quantity)
  const lasts = (durationDays * count) / amount.count
  if (mostDays !== undefined && lasts > mostDays) {
    return refuse({ reason: 'quantity-too-long', maxDays: mostDays })
  }
  if (policy.quantityPolicy === 'lower-only' && count > amount.count) {
    return refuse({ reason: 'quantity-raised' })
  }
  if (
    policy.quantityPolicy === 'up-to-days' &&
    count > amount.count &&
    lasts > policy.quantityMaxDays
  ) {
    return refuse({ reason: 'quantity-too-long', maxDays: policy.quantityMaxDays })
  }
  return accept({ quantity, days })
}

/** The most whole units that last no longer than so many days; undefined where that is unclear. */
export function countForDays(usual: Usual, days: number): number | undefined {
  const amount = amountOf(usual.quantity)
  if (!amount || usual.durationDays === undefined) return undefined
  const count = Math.floor((amount.count * days) / usual.durationDays)
  return count >= 1 ? Math.min(count, amount.count) : undefined
}

/** A quantity taken apart, such as 28 and "tablet"; undefined where it is not a number and a unit. */
export function amountOf(
  quantity: string | undefined,
): { readonly count: number; readonly unit: string } | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(\D.*)?$/.exec(quantity?.trim() ?? '')
  const count = Number(found?.[1] ?? 0)
  return found && count > 0 ? { count, unit: found[2]?.trim() ?? '' } : undefined
}
