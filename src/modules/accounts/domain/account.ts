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

/** The way of somebody who is not proved yet: to what they asked for at a practice, and no patient. */
export interface ApplicantLink {
  readonly practice: OdsCode
  /** Of the applicant, who is on no list. */
  readonly subjectId: string
  readonly relation: 'applicant'
}

/** How a sign-in was proved. Each is two factors, or a passkey that checked its owner itself. */
export type SignInMethod = 'password' | 'passkey' | 'recovery-code' | 'nhs-login' | 'joining'

/** What is known of a sign-in that is presented and still good. */
export interface LiveSignIn extends AccountLink {
  readonly accountId: AccountId
  readonly signInId?: Id<'SignIn'>
  readonly displayName: string
  readonly isShared: boolean
  /** When the person last proved who they are, at the start or since. */
  readonly provedAt: Date
  /** A device not known before that signed in, and that the person has not been shown yet. */
  readonly newDeviceAt?: Date
}

/** Minutes without a request after which a sign-in ends. Source: DOMAIN 1.20. */
export const idleMinutes = 30

/** As `idleMinutes`, where the person said that others use the device too. */
export const sharedIdleMinutes = 10

/** Minutes before the end at which a page says so. */
export const warningMinutes = 5

/** Hours after which a sign-in ends however much it is used. */
export const longestHours = 12

/** Minutes after proving who one is in which ways to sign in may be changed. */
export const freshMinutes = 15

/** Minutes without a request after which this sign-in ends. */
export function idleMinutesOf(signIn: { readonly isShared: boolean }): number {
  return signIn.isShared ? sharedIdleMinutes : idleMinutes
}

/** Whether a sign-in is still good at `now`: not ended, idle or old, its account not closed. */
export function isLive(
  signIn: {
    readonly startedAt: Date
    readonly lastSeenAt: Date
    readonly isShared?: boolean
    readonly endedAt?: Date
    readonly closedAt?: Date
  },
  now: Date,
): boolean {
  if (signIn.endedAt !== undefined || signIn.closedAt !== undefined) return false
  if (signIn.startedAt <= minutesBefore(now, longestHours * 60)) return false
  return (
    signIn.lastSeenAt > minutesBefore(now, idleMinutesOf({ isShared: signIn.isShared ?? false }))
  )
}

/** Whether somebody proved who they are so lately that ways to sign in may be changed. */
export function isFresh(signIn: { readonly provedAt: Date }, now: Date): boolean {
  return signIn.provedAt > minutesBefore(now, freshMinutes)
}
