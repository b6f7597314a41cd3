import { formatDate, formatTime, localDateOf } from '#kernel/time'
import {
  attendanceOf,
  minutesWaited,
  type AttendanceState,
  type AttendanceTimes,
} from '../domain/desk/attendance.ts'
import { isCareEncounter } from '../domain/national-category.ts'
import type { BookingMethod } from '../domain/slot.ts'
import type { ClinicSlot } from '../queries/clinics.ts'

/** A slot's state as staff read it; of a held one, what it is held for. */
export function formatState(slot: Pick<ClinicSlot, 'state' | 'heldFor'>): string {
  switch (slot.state) {
    case 'free':
      return 'Free'
    case 'booked':
      return 'Booked'
    case 'blocked':
      return 'Blocked'
    case 'held':
      return formatHeld(slot.heldFor)
  }
}

function formatHeld(heldFor: ClinicSlot['heldFor']): string {
  switch (heldFor) {
    case 'offer':
      return 'Held: offered to somebody who waits'
    case 'draw':
      return 'Held for a draw'
    case 'waiting':
    case undefined:
      return 'Held for the waiting list'
  }
}

const states: Readonly<Record<AttendanceState, string>> = {
  booked: 'Booked',
  arrived: 'Arrived',
  'in-progress': 'In progress',
  seen: 'Seen',
  missed: 'Did not attend',
}

/** How far an appointment has got, in a word or two. */
export function formatAttendance(state: AttendanceState): string {
  return states[state]
}

/** Since when, and how long somebody has waited; '' where there is nothing to say. */
export function formatSince(times: AttendanceTimes, now: Date): string {
  const waited = minutesWaited(times, now)
  const minutes = waited === 1 ? '1 minute' : `${waited} minutes`
  const isToday = times.arrivedAt && localDateOf(times.arrivedAt) === localDateOf(now)
  switch (attendanceOf(times)) {
    case 'booked':
    case 'missed':
      return ''
    case 'arrived':
      return `${times.arrivedAt ? formatTime(times.arrivedAt) : ''}${isToday ? `, waiting ${minutes}` : ''}`
    case 'in-progress':
      return `${times.startedAt ? formatTime(times.startedAt) : ''}${waited === undefined ? '' : `, waited ${minutes}`}`
    case 'seen':
      return times.finishedAt ? formatTime(times.finishedAt) : ''
  }
}

const methods: Readonly<Record<BookingMethod, string>> = {
  online: 'Online',
  phone: 'By phone',
  'in-person': 'In person',
  letter: 'By letter',
  waitlist: 'From the waiting list',
  draw: 'In a draw',
  'gp-connect': 'By another service',
}

/** How an appointment was booked. */
export function formatMethod(method: BookingMethod): string {
  return methods[method]
}

/** Whether patients can book a slot online, and if not yet or never, why. */
export function formatOnline(slot: ClinicSlot, now: Date): string {
  if (slot.overbookedBy !== undefined) return 'Never: added by staff'
  if (!isCareEncounter(slot.nationalCategory)) return 'No: needs a national category'
  if (!slot.deliveryChannel) return 'No: needs a way of meeting'
  if (!slot.bookableOnline || !slot.releasedAt) return 'No'
  if (slot.releasedAt <= now) return 'Yes'
  const isToday = localDateOf(slot.releasedAt) === localDateOf(now)
  return `From ${isToday ? '' : `${formatDate(slot.releasedAt)} at `}${formatTime(slot.releasedAt)}`
}
