import { formatDay, formatDayAndTime, formatTime, localDateOf } from '#kernel/time'
import { stateOf, type ChangeKind, type ChangeTimes } from '../../domain/changes/change.ts'
import type { ChangeRefusal } from '../../domain/changes/plan.ts'
import type { Clash } from '../../queries/changes/clashes.ts'
import type { NamedSession } from '../../queries/changes/clinic-sessions.ts'

/** Each kind of change: what it is called, on its check page and on the button that does it. */
export const kindWords: Readonly<
  Record<ChangeKind, { readonly name: string; readonly check: string; readonly does: string }>
> = {
  cancel: { name: 'Cancelled', check: 'Check before you cancel', does: 'Cancel now' },
  amend: { name: 'Changed', check: 'Check before you change it', does: 'Change the session' },
  move: { name: 'Moved', check: 'Check before you move it', does: 'Move the session' },
  extend: { name: 'Extended', check: 'Check before you extend it', does: 'Extend the session' },
  split: { name: 'Split', check: 'Check before you split it', does: 'Split the session' },
}

/** What patients read unless staff write something else; at most 300 characters. */
export const usualWords: Readonly<Record<ChangeKind, string>> = {
  cancel:
    'Your GP surgery has had to cancel this appointment. We are sorry. You can book another here, or phone us.',
  amend:
    'Your appointment will be with someone else or in another place. The day and time stay the same.',
  move: 'Your GP surgery has had to move this appointment to another time on the same day. We are sorry. If you cannot come then, you can move or cancel it here, or phone us.',
  extend: '',
  split:
    'Your appointment will be with someone else or in another place. The day and time stay the same.',
}

/** Why a change was not made, and what to do instead. */
export function formatRefusal(kind: ChangeKind, refusal: ChangeRefusal): string {
  switch (refusal) {
    case 'not-found':
      return 'A session, or the type of slot, is no longer there. Go back to the day and choose again.'
    case 'cancelled-already':
      return 'This session is cancelled already.'
    case 'over':
      return 'This session is over, or nothing of it is left to cancel.'
    case 'begun':
      return 'This session has begun. Split it at the time from which it changes, then change the second part.'
    case 'change-waiting':
      return 'Another change to this session is waiting to be told. Undo it, or tell patients now, and then make this one.'
    case 'nothing-changes':
      return kind === 'move'
        ? 'The session starts at that time already. Enter another time'
        : 'Everything is as it was. Change something, or go back'
    case 'in-the-past':
      return 'That time has come already. Choose a later one'
    case 'across-midnight':
      return 'The session would run past midnight. A session stays on its day: choose another time, or cancel it and add a new one'
    case 'clock-change':
      return 'The clocks change over that time, so nobody could say when it is. Choose another time'
    case 'not-longer':
      return 'An extended session starts no later and ends no earlier than now. To make it shorter, split it and cancel a part'
    case 'no-room-for-a-slot':
      return 'There is no room for a slot of that type in the time gained. Choose a longer time or another type'
    case 'no-such-slot':
      return 'Choose a time from the list'
  }
}

/** Dr Okafor: Morning surgery, Monday 2 March 2026, 9:00am to midday. */
export function formatSession(session: NamedSession): string {
  const who = session.clinician ?? 'No clinician yet'
  return `${who}: ${session.name}, ${formatDay(session.startsAt)}, ${formatSpan(session)}`
}

/** 9:00am to midday. */
export function formatSpan(span: { readonly startsAt: Date; readonly endsAt: Date }): string {
  return `${formatTime(span.startsAt)} to ${formatTime(span.endsAt)}`
}

/** Where a change stands, for the list and its own page. */
export function formatStanding(
  change: ChangeTimes & { readonly patients: number },
  now: Date,
): string {
  switch (stateOf(change)) {
    case 'undone':
      return 'Undone'
    case 'sent':
      return change.patients === 0 ? 'Done, nobody to tell' : 'Patients told'
    case 'waiting':
      return change.sendsAt <= now
        ? 'Patients are being told'
        : `Can be undone until ${formatNear(change.sendsAt, now)}`
  }
}

/** The time alone where it is today. */
export function formatNear(instant: Date, now: Date): string {
  return localDateOf(instant) === localDateOf(now) ? formatTime(instant) : formatDayAndTime(instant)
}

/** What a session would meet, in a line. */
export function formatClash(clash: Clash): string {
  const when = formatSpan(clash)
  switch (clash.what) {
    case 'clinician':
      return `The clinician has another session then: ${clash.name}, ${when}`
    case 'room':
      return `The room is in use then: ${clash.name}, ${when}`
    case 'leave':
      return 'The clinician is on leave then'
    case 'closure':
      return `The practice is closed then: ${clash.name}`
  }
}
