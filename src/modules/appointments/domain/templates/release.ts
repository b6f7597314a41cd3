import { addDays, instantAt, localDateOf } from '#kernel/time'
import { isCareEncounter } from '../national-category.ts'
import type { ReleaseRule, SlotType } from '../slot-type.ts'

/**
 * When a slot opens by its type's rule: `now` where at once, the wall-clock time in England so many
 * days before its own day, or `undefined` where a draw or a person opens it. In the hour that spring
 * skips it opens an hour later by the clock, in the hour that autumn repeats at the first of the two.
 * Source: NHS England, Appointments Management – GP, E00237; DOMAIN AP-7.
 */
export function releaseOf(rule: ReleaseRule, startsAt: Date, now: Date): Date | undefined {
  switch (rule.rule) {
    case 'at-once':
      return now
    case 'days-before':
      return instantAt(addDays(localDateOf(startsAt), -rule.days), rule.time)
    case 'draw':
    case 'by-hand':
      return undefined
  }
}

/** Who may book a slot themselves, and from when. */
export interface SlotOffer {
  readonly bookableOnline: boolean
  readonly gpConnectBookable: boolean
  /** Absent where nobody outside may book it, or where a draw or a person opens it. */
  readonly releasedAt?: Date
}

/**
 * How a slot of a type is offered when it is made. One without a care-related category and a
 * delivery channel is never offered, whatever its type says (AP-3).
 */
export function offerOf(
  type: Pick<
    SlotType,
    'nationalCategory' | 'deliveryChannel' | 'patientsMayBook' | 'gpConnectMayBook' | 'release'
  >,
  startsAt: Date,
  now: Date,
): SlotOffer {
  const isDescribed = isCareEncounter(type.nationalCategory) && type.deliveryChannel !== undefined
  const isOffered = isDescribed && (type.patientsMayBook || type.gpConnectMayBook)
  const releasedAt = isOffered ? releaseOf(type.release, startsAt, now) : undefined
  return {
    bookableOnline: isDescribed && type.patientsMayBook && releasedAt !== undefined,
    gpConnectBookable: isDescribed && type.gpConnectMayBook,
    ...(releasedAt && { releasedAt }),
  }
}
