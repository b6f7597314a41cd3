import { newId } from '#kernel/id'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import type { SlotType } from '../../src/modules/appointments/domain/slot-type.ts'
import type { SessionTemplate } from '../../src/modules/appointments/domain/templates/session-template.ts'

const when = new Date('2026-03-01T00:00:00Z')

/** A day written as 2026-03-02. */
export function aDay(text: string): LocalDate {
  const parsed = parseLocalDate(text)
  if (!parsed) throw new Error(`${text} is not a day`)
  return parsed
}

/** A slot type that patients may book as soon as its slots are made: 15 minutes, in person. */
export function aSlotType(given: Partial<SlotType> = {}): SlotType {
  return {
    slotTypeId: newId<'SlotType'>(when),
    name: 'Routine',
    publicName: '',
    minutes: 15,
    nationalCategory: 'General Consultation Routine',
    serviceSetting: 'general-practice',
    deliveryChannel: 'in-person',
    patientsMayBook: true,
    gpConnectMayBook: false,
    ownSiteOnly: false,
    ownClinicianOnly: false,
    invitedOnly: false,
    release: { rule: 'at-once' },
    ...given,
  }
}

/** A template for Mondays from 9am to 11am, of one type, every week from Monday 5 January 2026. */
export function aTemplate(
  type: Pick<SlotType, 'slotTypeId'>,
  given: Partial<SessionTemplate> = {},
): SessionTemplate {
  return {
    templateId: newId<'Template'>(when),
    name: 'Morning surgery',
    weekday: 1,
    everyWeeks: 1,
    startsOn: aDay('2026-01-05'),
    parts: [{ fromTime: '09:00', untilTime: '11:00', slotTypeId: type.slotTypeId, minutes: 15 }],
    ...given,
  }
}
