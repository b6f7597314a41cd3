import { sql, type Tx } from '#platform/db'
import type { DeliveryChannel } from '../../domain/slot.ts'
import type { ReleaseRule, ServiceSetting, SlotType, SlotTypeId } from '../../domain/slot-type.ts'

interface SlotTypeRow {
  readonly slotTypeId: SlotTypeId
  readonly name: string
  readonly publicName: string
  readonly minutes: number
  readonly nationalCategory?: string
  readonly serviceSetting?: ServiceSetting
  readonly deliveryChannel?: DeliveryChannel
  readonly patientsMayBook: boolean
  readonly gpConnectMayBook: boolean
  readonly minAge?: number
  readonly maxAge?: number
  readonly sex?: 'female' | 'male'
  readonly ownSiteOnly: boolean
  readonly ownClinicianOnly: boolean
  readonly invitedOnly: boolean
  readonly releaseRule: ReleaseRule['rule']
  readonly releaseDaysBefore?: number
  readonly releaseTime?: string
  readonly horizonDays?: number
  readonly closesMinutesBefore?: number
  readonly retiredAt?: Date
}

/** A slot type as the practice has it; retired ones are kept for the slots made of them. */
export type StoredSlotType = SlotType & { readonly retiredAt?: Date }

/** The practice's slot types by name, those in use only, at most 500. */
export async function slotTypes(tx: Tx): Promise<readonly SlotType[]> {
  const rows = await tx.many<SlotTypeRow>(sql`
    select slot_type_id, name, public_name, minutes, national_category, service_setting,
      delivery_channel, patients_may_book, gp_connect_may_book, min_age, max_age, sex,
      own_site_only, own_clinician_only, invited_only, release_rule, release_days_before,
      release_time, horizon_days, closes_minutes_before, retired_at
    from appointments.slot_type
    where practice = ${tx.acting.practice}
      and retired_at is null
    order by lower(name), slot_type_id
    limit 500
  `)
  return rows.map(slotTypeOf)
}

/** One slot type of the practice, in use or retired. */
export async function slotTypeById(
  tx: Tx,
  slotTypeId: SlotTypeId,
): Promise<StoredSlotType | undefined> {
  const row = await tx.maybe<SlotTypeRow>(sql`
    select slot_type_id, name, public_name, minutes, national_category, service_setting,
      delivery_channel, patients_may_book, gp_connect_may_book, min_age, max_age, sex,
      own_site_only, own_clinician_only, invited_only, release_rule, release_days_before,
      release_time, horizon_days, closes_minutes_before, retired_at
    from appointments.slot_type
    where practice = ${tx.acting.practice}
      and slot_type_id = ${slotTypeId}
  `)
  return row && slotTypeOf(row)
}

/** The id of the type in use that has this name, upper and lower case the same. */
export async function slotTypeNamed(tx: Tx, name: string): Promise<SlotTypeId | undefined> {
  const row = await tx.maybe<{ readonly slotTypeId: SlotTypeId }>(sql`
    select slot_type_id
    from appointments.slot_type
    where practice = ${tx.acting.practice}
      and lower(name) = lower(${name})
      and retired_at is null
  `)
  return row?.slotTypeId
}

/** A slot of a type that is still free and to come. */
export interface FreeSlot {
  readonly slotId: string
  readonly startsAt: Date
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
}

/** Slots made of a type, still free and to come, soonest first, at most 20,000; none in a draw. */
export function freeSlotsOfType(tx: Tx, slotTypeId: SlotTypeId): Promise<readonly FreeSlot[]> {
  return tx.many<FreeSlot>(sql`
    select slot_id, starts_at, bookable_online, released_at
    from appointments.slot
    where practice = ${tx.acting.practice}
      and slot_type_id = ${slotTypeId}
      and state = 'free'
      and draw_id is null
      and overbooked_by is null
      and starts_at > ${tx.now}
    order by starts_at, slot_id
    limit 20000
  `)
}

function slotTypeOf(row: SlotTypeRow): StoredSlotType {
  const { releaseRule, releaseDaysBefore, releaseTime, ...type } = row
  return { ...type, release: releaseRuleOf(releaseRule, releaseDaysBefore, releaseTime) }
}

function releaseRuleOf(
  rule: ReleaseRule['rule'],
  days: number | undefined,
  time: string | undefined,
): ReleaseRule {
  if (rule !== 'days-before') return { rule }
  if (days === undefined || time === undefined) throw new Error('A release rule has no day or time')
  return { rule, days, time }
}
