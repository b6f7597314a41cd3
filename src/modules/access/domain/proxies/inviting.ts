import { accept, refuse, type Result } from '#kernel/result'
import { ageOn, type LocalDate } from '#kernel/time'
import type { Grant } from '../identity/methods.ts'
import { lowerLevel, type Permissions, type ServiceLevel } from '../services.ts'
import type { Relationship } from './proxy.ts'
import type { ProxyReach } from './reach.ts'

/** How far a practice leaves it to its patients to let somebody act for them. */
export type PatientsGrant =
  /** Not at all: they ask at the desk. */
  | 'off'
  /** They invite, and staff confirm before it opens. */
  | 'confirm'
  /** What they invite to opens when it is accepted; staff see it and may end it. */
  | 'alone'

/** What a practice decided about sharing. */
export interface SharingPolicy {
  readonly patientsGrant: PatientsGrant
  /** Whether patients read the names of staff who looked, or their work alone. */
  readonly namesStaff: boolean
}

/** What holds where a practice decided nothing. */
export const defaultSharing: SharingPolicy = { patientsGrant: 'confirm', namesStaff: false }

/** Somebody whom a patient wants to act for them. */
export interface Inviting {
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly relationship: Exclude<Relationship, 'care-worker'>
  readonly grant: Grant
  readonly reach: ProxyReach
  /** Their last day. */
  readonly endsOn?: LocalDate
}

export type InvitingRefusal =
  | 'practice-does-not-offer'
  | 'more-than-you-have'
  | 'nothing-given'
  | 'ends-in-the-past'
  | 'too-young'
  | 'too-many'

/** Days that a code is good for. */
export const invitationDays = 7

/** A right code with the wrong name or date of birth closes an invitation after so many. */
export const wrongPersonAllowed = 5

/** Invitations of one patient that may be open at a time. */
const openAllowed = 5

const adultAge = 16

/**
 * May this patient invite this person to this? Nobody gives more than they have themself, and nobody
 * under 16 acts for another. Source: DOMAIN PX-1, PX-3.
 */
export function decideInviting(
  asked: Inviting,
  known: { readonly policy: SharingPolicy; readonly own: Permissions; readonly open: number },
  today: LocalDate,
): Result<Inviting, InvitingRefusal> {
  if (known.policy.patientsGrant === 'off') return refuse('practice-does-not-offer')
  if (!hasAll(asked.grant, known.own)) return refuse('more-than-you-have')
  if (givesNothing(asked.grant)) return refuse('nothing-given')
  if (asked.endsOn !== undefined && asked.endsOn < today) return refuse('ends-in-the-past')
  if (ageOn(asked.bornOn, today) < adultAge) return refuse('too-young')
  if (known.open >= openAllowed) return refuse('too-many')
  return accept(asked)
}

/** Whether what a patient invites to opens without staff. A child's never does. */
export function opensAlone(
  policy: SharingPolicy,
  patient: { readonly bornOn: LocalDate },
  today: LocalDate,
): boolean {
  return policy.patientsGrant === 'alone' && ageOn(patient.bornOn, today) >= adultAge
}

const uses: readonly ServiceLevel[] = ['none', 'view', 'manage']

function hasAll(grant: Grant, own: Permissions): boolean {
  return (
    uses.indexOf(grant.appointments) <= uses.indexOf(own.appointments) &&
    uses.indexOf(grant.prescriptions) <= uses.indexOf(own.prescriptions) &&
    lowerLevel(grant.recordCurrent, own.recordCurrent) === grant.recordCurrent &&
    lowerLevel(grant.recordHistorical, own.recordHistorical) === grant.recordHistorical
  )
}

function givesNothing(grant: Grant): boolean {
  return Object.values(grant).every((level) => level === 'none')
}

/** A code however it was typed: capitals, spaces and hyphens are let go. */
export function comparableCode(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '')
}

/** Why nothing opens for whoever typed a code: told apart in the trail alone. */
export type AcceptingFailure =
  | 'no-such-code'
  | 'closed'
  | 'run-out'
  | 'another-person'
  | 'own'
  | 'not-proved'

/**
 * May whoever typed a code act on it? The name and date of birth of the account that accepts are as
 * the patient wrote them, in any case and without accents.
 */
export function decideAccepting(
  invitation: {
    readonly familyName: string
    readonly bornOn: LocalDate
    readonly expiresAt: Date
    readonly isOpen: boolean
  },
  person: { readonly familyName: string; readonly bornOn: LocalDate },
  now: Date,
): Result<undefined, AcceptingFailure> {
  if (!invitation.isOpen) return refuse('closed')
  if (invitation.expiresAt <= now) return refuse('run-out')
  const isSame =
    plain(invitation.familyName) === plain(person.familyName) && invitation.bornOn === person.bornOn
  return isSame ? accept(undefined) : refuse('another-person')
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase()
}
