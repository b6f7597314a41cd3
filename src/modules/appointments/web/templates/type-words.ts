import { formatTime, instantAt, parseLocalDate } from '#kernel/time'
import { missingDescription } from '../../domain/national-category.ts'
import type { ReleaseRule, ServiceSetting, SlotType } from '../../domain/slot-type.ts'
import { formatChannel } from '../words.ts'

/** A service setting as staff know it. */
export const settingWords: Readonly<Record<ServiceSetting, string>> = {
  'general-practice': 'General practice',
  'primary-care-network': 'Primary care network',
  'extended-access': 'Extended access',
  other: 'Another setting',
}

/** Every service setting, in the order that staff choose from. */
export const serviceSettings: readonly ServiceSetting[] = [
  'general-practice',
  'primary-care-network',
  'extended-access',
  'other',
]

/** Routine (10 minutes, in person), in a list to choose from. */
export function formatTypeInList(type: SlotType): string {
  const channel = type.deliveryChannel ? `, ${formatChannel(type.deliveryChannel)}` : ''
  return `${type.name} (${type.minutes} minutes${channel})`
}

/** What a type lacks, or `undefined` where it lacks nothing. */
export function formatMissing(type: SlotType): string | undefined {
  const missing = missingDescription(type)
  if (missing.length === 0) return undefined
  const words = missing.map((one) => (one === 'category' ? 'national category' : 'way of meeting'))
  return `Has no ${words.join(' and no ')}`
}

/** When slots of a type open to patients. */
export function formatRelease(rule: ReleaseRule): string {
  switch (rule.rule) {
    case 'at-once':
      return 'As soon as they are made'
    case 'days-before':
      return `${formatDaysBefore(rule.days)} at ${formatClock(rule.time)}`
    case 'draw':
      return 'Through a draw'
    case 'by-hand':
      return 'When staff publish them'
  }
}

function formatDaysBefore(days: number): string {
  if (days === 0) return 'On the day'
  return days === 1 ? 'The day before' : `${days} days before`
}

/** Who may book slots of a type themselves, besides staff. */
export function formatBookers(type: SlotType): string {
  const bookers = [
    ...(type.patientsMayBook ? ['patients'] : []),
    ...(type.gpConnectMayBook ? ['other services (GP Connect)'] : []),
  ]
  return bookers.length === 0 ? 'Staff only' : `Staff, ${bookers.join(' and ')}`
}

/** Who a type is for, each term on its own; empty where it is for everyone. */
export function formatTerms(type: SlotType): readonly string[] {
  return [
    ...formatAges(type.minAge, type.maxAge),
    ...(type.sex ? [type.sex === 'female' ? 'Female patients' : 'Male patients'] : []),
    ...(type.ownSiteOnly ? ['Patients who use the site'] : []),
    ...(type.ownClinicianOnly ? ['Patients whose own clinician it is'] : []),
    ...(type.invitedOnly ? ['Invited patients only'] : []),
  ]
}

function formatAges(min: number | undefined, max: number | undefined): readonly string[] {
  if (min !== undefined && max !== undefined) return [`Aged ${min} to ${max}`]
  if (min !== undefined) return [`Aged ${min} or over`]
  return max === undefined ? [] : [`Aged ${max} or under`]
}

/** 8:00am, of a wall-clock time as 08:00. */
export function formatClock(time: string): string {
  const someDay = parseLocalDate('2026-01-05')
  return someDay ? formatTime(instantAt(someDay, time)) : time
}
