import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { minutesAfter } from '#kernel/time'

export type ChangeId = Id<'ClinicChange'>

/** What staff do to clinics. All but `cancel` are about one session. */
export type ChangeKind = 'cancel' | 'amend' | 'move' | 'extend' | 'split'

/**
 * A change to clinics is `waiting` from when it is made until patients are told, and can be undone
 * until then; or it is `sent`, which cannot be undone; or it is `undone`, as if it had never been.
 *
 * | from    | by                         | to      |
 * | ------- | -------------------------- | ------- |
 * | –       | made: cancelled, or patients are concerned | waiting |
 * | –       | made: nobody is concerned  | sent    |
 * | waiting | its time, or "tell now"    | sent    |
 * | waiting | undo                       | undone  |
 *
 * While it waits, its sessions are frozen: nobody can book into them, and whoever is booked sees the
 * appointment as it was. Patients may still cancel or move away, and that stays so whatever follows.
 */
export type ChangeState = 'waiting' | 'sent' | 'undone'

/** As much of a stored change as its state follows from. */
export interface ChangeTimes {
  readonly madeAt: Date
  readonly sendsAt: Date
  readonly sentAt?: Date
  readonly undoneAt?: Date
}

/** The state of a stored change. It waits until it is sent, even where its time has passed. */
export function stateOf(change: Pick<ChangeTimes, 'sentAt' | 'undoneAt'>): ChangeState {
  if (change.undoneAt) return 'undone'
  return change.sentAt ? 'sent' : 'waiting'
}

/** `already` where it was undone before: nothing is left to do, and the answer is the same. */
export function decideUndo(
  change: Pick<ChangeTimes, 'sentAt' | 'undoneAt'>,
): Result<'now' | 'already', 'sent'> {
  switch (stateOf(change)) {
    case 'waiting':
      return accept('now')
    case 'undone':
      return accept('already')
    case 'sent':
      return refuse('sent')
  }
}

/**
 * When patients are told. An undo takes `undoMinutes`; but nobody is told of another time after the
 * old or the new one has come: where `firstAt` comes sooner, they are told at once.
 */
export function sendsAtOf(now: Date, undoMinutes: number, firstAt: Date | undefined): Date {
  const usual = minutesAfter(now, undoMinutes)
  return firstAt && firstAt <= usual ? now : usual
}

/** Characters that patients may be given to read about a change. */
export const maxWords = 300
