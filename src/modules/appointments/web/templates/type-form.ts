import { z } from 'zod'
import { parseForm, type FieldFault } from '#platform/http'
import { accept, refuse, type Result } from '#kernel/result'
import { careEncounterCategories, staffOnlyCategories } from '../../domain/national-category.ts'
import type { ReleaseRule, SlotType } from '../../domain/slot-type.ts'
import { deliveryChannels } from '../../domain/slot.ts'
import type { SlotTypeDraft, SlotTypeFault } from '../../domain/templates/type-draft.ts'
import {
  oneOf,
  optionalNumber,
  optionalOneOf,
  optionalTime,
  ticked,
  wholeNumber,
  words,
} from './fields.ts'
import { serviceSettings } from './type-words.ts'

/** Every category that a type may have, those for patients first. */
export const allCategories = [...careEncounterCategories, ...staffOnlyCategories]

/** Every way in which slots of a type open, in the order that staff choose from. */
const releaseRules = ['at-once', 'days-before', 'draw', 'by-hand'] as const

const ages = 'Enter an age in whole years from 0 to 130, or leave it empty'

const schema = z.object({
  name: words(1, 100, 'Enter a name for the type, of 100 characters or less'),
  publicName: words(0, 100, 'What patients read must be 100 characters or less'),
  minutes: wholeNumber(1, 480, 'Enter how long a slot is, from 1 to 480 minutes'),
  nationalCategory: optionalOneOf(allCategories, 'Choose a national category from the list'),
  serviceSetting: optionalOneOf(serviceSettings, 'Choose a service setting from the list'),
  deliveryChannel: optionalOneOf([...deliveryChannels, 'none'], 'Choose how patients are seen'),
  patientsMayBook: ticked,
  gpConnectMayBook: ticked,
  minAge: optionalNumber(0, 130, ages),
  maxAge: optionalNumber(0, 130, ages),
  sex: optionalOneOf(['female', 'male', 'any'], 'Choose who the type is for'),
  ownSiteOnly: ticked,
  ownClinicianOnly: ticked,
  invitedOnly: ticked,
  releaseRule: oneOf(releaseRules, 'Choose when slots of the type open to patients'),
  releaseDays: optionalNumber(0, 366, 'Enter a number of days from 0 to 366'),
  releaseTime: optionalTime('Enter a time like 08:00'),
  horizonDays: optionalNumber(0, 366, 'Enter a number of days from 0 to 366, or leave it empty'),
  closesMinutesBefore: optionalNumber(
    0,
    100_000,
    'Enter a number of minutes from 0 to 100,000, or leave it empty',
  ),
})

/** Reads a slot type as staff describe it, giving every fault at once in page order. */
export function readTypeForm(body: unknown): Result<SlotTypeDraft, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { releaseRule, releaseDays, releaseTime, sex, deliveryChannel, ...rest } = form.value
  const release = releaseOf(releaseRule, releaseDays, releaseTime)
  if (!release.ok) return release
  const { minAge, maxAge, horizonDays, closesMinutesBefore, nationalCategory, serviceSetting } =
    rest
  return accept({
    name: rest.name,
    publicName: rest.publicName,
    minutes: rest.minutes,
    patientsMayBook: rest.patientsMayBook,
    gpConnectMayBook: rest.gpConnectMayBook,
    ownSiteOnly: rest.ownSiteOnly,
    ownClinicianOnly: rest.ownClinicianOnly,
    invitedOnly: rest.invitedOnly,
    release: release.value,
    ...(nationalCategory !== undefined && { nationalCategory }),
    ...(serviceSetting && { serviceSetting }),
    ...(deliveryChannel && deliveryChannel !== 'none' && { deliveryChannel }),
    ...(minAge !== undefined && { minAge }),
    ...(maxAge !== undefined && { maxAge }),
    ...(sex && sex !== 'any' && { sex }),
    ...(horizonDays !== undefined && { horizonDays }),
    ...(closesMinutesBefore !== undefined && { closesMinutesBefore }),
  })
}

function releaseOf(
  rule: ReleaseRule['rule'],
  days: number | undefined,
  time: string | undefined,
): Result<ReleaseRule, readonly FieldFault[]> {
  if (rule !== 'days-before') return accept({ rule })
  const faults = [
    ...(days === undefined
      ? [{ field: 'releaseDays', message: 'Enter how many days before slots open' }]
      : []),
    ...(time === undefined
      ? [{ field: 'releaseTime', message: 'Enter the time at which slots open, like 08:00' }]
      : []),
  ]
  if (days === undefined || time === undefined) return refuse(faults)
  return accept({ rule, days, time })
}

/** A type as its form shows it. */
export function typedType(type: SlotType): Readonly<Record<string, string>> {
  const { release } = type
  const yes = (is: boolean) => (is ? 'yes' : '')
  const number = (value: number | undefined) => (value === undefined ? '' : String(value))
  return {
    name: type.name,
    publicName: type.publicName,
    minutes: String(type.minutes),
    nationalCategory: type.nationalCategory ?? '',
    serviceSetting: type.serviceSetting ?? '',
    deliveryChannel: type.deliveryChannel ?? 'none',
    patientsMayBook: yes(type.patientsMayBook),
    gpConnectMayBook: yes(type.gpConnectMayBook),
    minAge: number(type.minAge),
    maxAge: number(type.maxAge),
    sex: type.sex ?? 'any',
    ownSiteOnly: yes(type.ownSiteOnly),
    ownClinicianOnly: yes(type.ownClinicianOnly),
    invitedOnly: yes(type.invitedOnly),
    releaseRule: release.rule,
    releaseDays: release.rule === 'days-before' ? String(release.days) : '',
    releaseTime: release.rule === 'days-before' ? release.time : '',
    horizonDays: number(type.horizonDays),
    closesMinutesBefore: number(type.closesMinutesBefore),
  }
}

const messages: Readonly<Record<SlotTypeFault, FieldFault>> = {
  'category-needed': {
    field: 'nationalCategory',
    message: 'Choose a national category, or let only staff book',
  },
  'care-category-needed': {
    field: 'nationalCategory',
    message: 'Choose a category of meeting patients, or let only staff book',
  },
  'channel-needed': {
    field: 'deliveryChannel',
    message: 'Choose how patients are seen, or let only staff book',
  },
  'ages-crossed': {
    field: 'maxAge',
    message: 'The highest age must be the same as the lowest or above it',
  },
  'horizon-before-release': {
    field: 'horizonDays',
    message: 'Patients must be shown slots for at least as many days as before they open',
  },
}

/** A fault of a type, at the field of its form that mends it. */
export function slotTypeFault(fault: SlotTypeFault): FieldFault {
  return messages[fault]
}
