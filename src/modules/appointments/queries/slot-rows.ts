import type { Id } from '#kernel/id'
import type { SlotTypeId, TypeTerms } from '../domain/slot-type.ts'
import type { DeliveryChannel, Slot, SlotId, SlotState } from '../domain/slot.ts'

/** A slot type's terms beside a slot; absent where the slot has no type. */
export interface TermsColumns {
  readonly minAge?: number
  readonly maxAge?: number
  readonly typeSex?: 'female' | 'male'
  readonly ownSiteOnly?: boolean
  readonly ownClinicianOnly?: boolean
  readonly invitedOnly?: boolean
  readonly typeHorizonDays?: number
  readonly typeClosesMinutesBefore?: number
}

/** A slot with its session's clinician and site and its type's terms, as one row has them. */
export interface SlotColumns extends TermsColumns {
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly minutes: number
  readonly state: SlotState
  readonly bookableOnline: boolean
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly releasedAt?: Date
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** The slot of a row, with the terms of its type put together. */
export function slotOf(row: SlotColumns): Slot {
  const terms = termsOf(row)
  const { slotId, startsAt, minutes, state, bookableOnline } = row
  return {
    slotId,
    startsAt,
    minutes,
    state,
    bookableOnline,
    ...(row.nationalCategory !== undefined && { nationalCategory: row.nationalCategory }),
    ...(row.deliveryChannel && { deliveryChannel: row.deliveryChannel }),
    ...(row.releasedAt && { releasedAt: row.releasedAt }),
    ...(row.slotTypeId && { slotTypeId: row.slotTypeId }),
    ...(row.staffId && { staffId: row.staffId }),
    ...(row.siteId && { siteId: row.siteId }),
    ...(terms && { terms }),
  }
}

/** A type's terms, or `undefined` where the slot of the row has no type. */
export function termsOf(row: TermsColumns): TypeTerms | undefined {
  const { ownSiteOnly, ownClinicianOnly, invitedOnly } = row
  if (ownSiteOnly === undefined || ownClinicianOnly === undefined || invitedOnly === undefined) {
    return undefined
  }
  return {
    ownSiteOnly,
    ownClinicianOnly,
    invitedOnly,
    ...(row.minAge !== undefined && { minAge: row.minAge }),
    ...(row.maxAge !== undefined && { maxAge: row.maxAge }),
    ...(row.typeSex && { sex: row.typeSex }),
    ...(row.typeHorizonDays !== undefined && { horizonDays: row.typeHorizonDays }),
    ...(row.typeClosesMinutesBefore !== undefined && {
      closesMinutesBefore: row.typeClosesMinutesBefore,
    }),
  }
}
