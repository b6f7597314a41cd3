import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesBefore } from '#kernel/time'

export type AccountId = Id<'Account'>

/** Patients and proxies sign in on one face, staff on the other; one e-mail address may have both. */
export type AccountFace = 'patient' | 'practice'

/** Where an account may go: its own record, that of someone it acts for, or a practice it works at. */
export interface AccountLink {
  readonly practice: OdsCode
  /** A patient's id, or for staff a staff id. */
  readonly subjectId: string
  readonly relation: 'self' | 'proxy' | 'staff'
}

/** What is known of a sign-in that is presented and still good. */
export interface LiveSignIn extends AccountLink {
  readonly accountId: AccountId
  readonly displayName: string
}

/** Minutes without a request after which a sign-in ends. Source: DOMAIN 1.20. */
export const idleMinutes = 30

/** Hours after which a sign-in ends however much it is used. */
export const longestHours = 12

/** Whether a sign-in is still good at `now`: not ended, idle or old, its account not closed. */
export function isLive(
  signIn: {
    readonly startedAt: Date
    readonly lastSeenAt: Date
    readonly endedAt?: Date
    readonly closedAt?: Date
  },
  now: Date,
): boolean {
  if (signIn.endedAt !== undefined || signIn.closedAt !== undefined) return false
  if (signIn.startedAt <= minutesBefore(now, longestHours * 60)) return false
  return signIn.lastSeenAt > minutesBefore(now, idleMinutes)
}

/** Failed tries within a quarter of an hour after which a person must wait. */
export const triesAllowed = 10
export const triesWindowMinutes = 15
