import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import type { ServiceSetting, SlotTypeId } from './slot-type.ts'
import type { DeliveryChannel, SessionId, SlotId } from './slot.ts'
import type { TemplateId } from './templates/session-template.ts'

/** A slot as it is added with its session: free. Put online only with category, channel and time. */
export interface NewSlot {
  /** Given where the caller needs to know it. */
  readonly slotId?: SlotId
  readonly startsAt: Date
  readonly minutes: number
  /** The name of its type, as staff read it. */
  readonly slotType: string
  readonly slotTypeId?: SlotTypeId
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly serviceSetting?: ServiceSetting
  readonly bookableOnline: boolean
  readonly gpConnectBookable?: boolean
  readonly releasedAt?: Date
  /** Kept free for nobody from the start. */
  readonly isBlocked?: boolean
}

/** A clinician's block of time with its slots. The clinician may be left open (AP-2). */
export interface NewSession {
  /** Given where adding it twice must add it once. */
  readonly sessionId?: SessionId
  readonly staffId?: Id<'Staff'>
  readonly roomId?: Id<'Room'>
  readonly siteId?: Id<'Site'>
  /** Both or neither: which template it was made from, and for which of its days. */
  readonly templateId?: TemplateId
  readonly templateDay?: LocalDate
  /** For staff; patients are never shown it. */
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slots: readonly NewSlot[]
}
