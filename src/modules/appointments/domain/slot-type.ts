import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import type { DeliveryChannel } from './delivery-channel.ts'

export type SlotTypeId = Id<'SlotType'>

/**
 * Where the work belongs. Source: NHS England, Recording GP appointments: consolidated guidance;
 * DOMAIN AP-3, which has three of the four by name.
 */
export type ServiceSetting =
  | 'general-practice'
  | 'primary-care-network'
  | 'extended-access'
  | 'other'

/** Who may book slots of a type themselves, and when. What is absent is no limit. Source: BK-13. */
export interface TypeTerms {
  /** Ages in whole years on the day of the slot; both included. */
  readonly minAge?: number
  readonly maxAge?: number
  readonly sex?: 'female' | 'male'
  /** Only for patients who use the slot's site. */
  readonly ownSiteOnly: boolean
  /** Only for patients whose own clinician has the session. */
  readonly ownClinicianOnly: boolean
  /** Only for patients with a live invitation to the type. */
  readonly invitedOnly: boolean
  /** Instead of the practice's own horizon and closing, where given. */
  readonly horizonDays?: number
  readonly closesMinutesBefore?: number
}

/** When slots of a type open to patients: as soon as made, days before at a time, by draw or by hand. */
export type ReleaseRule =
  | { readonly rule: 'at-once' | 'draw' | 'by-hand' }
  | { readonly rule: 'days-before'; readonly days: number; readonly time: string }

/** A kind of slot as a practice describes it once, for every slot of the kind. */
export interface SlotType extends TypeTerms {
  readonly slotTypeId: SlotTypeId
  readonly name: string
  /** What patients read; '' where they read the name. */
  readonly publicName: string
  readonly minutes: number
  readonly nationalCategory?: string
  readonly serviceSetting?: ServiceSetting
  readonly deliveryChannel?: DeliveryChannel
  readonly patientsMayBook: boolean
  readonly gpConnectMayBook: boolean
  readonly release: ReleaseRule
}

/** What about a patient decides which slots are for them. */
export interface Eligibility {
  readonly bornOn: LocalDate
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly siteId?: Id<'Site'>
  readonly usualStaffId?: Id<'Staff'>
  /** Slot types that they have a live invitation to. */
  readonly invitedTo: readonly SlotTypeId[]
}
