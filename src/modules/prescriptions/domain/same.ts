import { addDays, type LocalDate } from '#kernel/time'
import { isInFlight, isOpen } from './item.ts'
import type { Medicine } from './medicine.ts'
import type { PastRequest } from './supply.ts'

/** What tells that two entries of a record are one medicine. */
export type Identity = Pick<Medicine, 'name' | 'codes'>

interface Shown {
  readonly medicine: Medicine
  readonly requests: readonly PastRequest[]
}

/** A request for the same medicine under another entry: waiting since, or approved on, this day. */
export interface SameRequest {
  readonly since: LocalDate
  readonly isApproved: boolean
}

/** For how long an approval counts as a supply that is coming or just came. Source: DOMAIN 1.20. */
const approvedForDays = 30

/** A name as names are compared: case and spaces do not count. */
export function nameKey({ name }: Pick<Medicine, 'name'>): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}

/** Whether two entries are one medicine: one name, or one code. Strength and form are in both. */
export function isSame(one: Identity, other: Identity): boolean {
  if (nameKey(one) === nameKey(other)) return true
  return one.codes?.some((code) => other.codes?.includes(code)) ?? false
}

/** The others among these that are the same medicine. */
export function twinsOf<One extends Shown>(medicine: Medicine, shown: readonly One[]) {
  return shown.filter(
    (one) => one.medicine.medicationId !== medicine.medicationId && isSame(one.medicine, medicine),
  )
}

/** Every request for this medicine, under whichever entry of the record it was made. */
export function requestsOfSame(one: Shown, shown: readonly Shown[]): readonly PastRequest[] {
  return [...one.requests, ...twinsOf(one.medicine, shown).flatMap(({ requests }) => requests)]
}

/** The latest of these requests that waits or is on its way, if one does. */
export function sameRequestOf(
  requests: readonly PastRequest[],
  today: LocalDate,
): SameRequest | undefined {
  return requests
    .flatMap(({ state, requestedOn, decidedOn }) => {
      if (isOpen(state)) return [{ since: requestedOn, isApproved: false }]
      const since = decidedOn ?? requestedOn
      const isComing = isInFlight(state) && today < addDays(since, approvedForDays)
      return isComing ? [{ since, isApproved: true }] : []
    })
    .toSorted((a, b) => a.since.localeCompare(b.since))
    .at(-1)
}
