import type { PracticeSettings } from '../../domain/slot.ts'
import type { SettingsReach } from '../../queries/templates/settings.ts'
import { formatClock } from '../templates/type-words.ts'
import { settingGroups, type SettingField } from './settings-fields.ts'

/** One setting that would change, and what that would do. */
export interface SettingChange {
  readonly label: string
  readonly now: string
  readonly later: string
  readonly effect: string
}

/** What saving would change, in the order of the page. */
export function settingChanges(
  now: PracticeSettings,
  later: PracticeSettings,
  reach: SettingsReach,
): readonly SettingChange[] {
  return settingGroups
    .flatMap((group) => group.fields)
    .filter((field) => now[field.name] !== later[field.name])
    .map((field) => ({
      label: field.label,
      now: formatSetting(field, now),
      later: formatSetting(field, later),
      effect: effectOf(field.name, now, later, reach),
    }))
}

/** A setting as people read it. */
export function formatSetting(field: SettingField, settings: PracticeSettings): string {
  const value = settings[field.name]
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (field.kind === 'time') return formatClock(String(value))
  return String(value) === '' ? 'Nothing' : String(value)
}

function effectOf(
  name: keyof PracticeSettings,
  now: PracticeSettings,
  later: PracticeSettings,
  reach: SettingsReach,
): string {
  switch (name) {
    case 'maxHeld':
      if (later.maxHeld > now.maxHeld) return 'Patients can book more from now on'
      return `${patients(reach.overLimit)} more than that now. They keep what is booked, and cannot book another online until they hold fewer`
    case 'horizonDays':
      if (later.horizonDays > now.horizonDays) return 'Patients see farther ahead from now on'
      return `${slots(reach.beyondHorizon)} open now would not be shown yet. What is booked stays`
    case 'cancelOnline':
      if (later.cancelOnline) return 'Patients can cancel and move online from now on'
      return `${appointments(reach.upcoming)} to come could only be cancelled by phone`
    case 'cancelMinutesBefore':
      if (later.cancelMinutesBefore < now.cancelMinutesBefore) {
        return 'Patients can cancel online for longer'
      }
      return `${appointments(reach.insideCutOff)} could be cancelled online now, and then not any more`
    case 'waitlistOpen':
      if (later.waitlistOpen) return 'Slots given back from now on are first offered to who waits'
      return `${people(reach.waiting)} waiting now would be offered nothing. They keep their place`
    default:
      return 'Holds from now on. Nothing booked changes'
  }
}

function patients(many: number): string {
  return many === 1 ? '1 patient holds' : `${many} patients hold`
}

function slots(many: number): string {
  return many === 1 ? '1 free slot' : `${many} free slots`
}

function appointments(many: number): string {
  return many === 1 ? '1 appointment' : `${many} appointments`
}

function people(many: number): string {
  return many === 1 ? '1 person' : `${many} people`
}
