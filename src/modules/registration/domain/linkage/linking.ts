import { ageOn, localDateOf, type LocalDate } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import { youngestOwnAccount } from './issuing.ts'

/** Wrong tries after which linkage details are good for nothing. */
export const wrongTriesAllowed = 10

/** From this age on nobody asks whether somebody is competent. Source: DOMAIN PX-4. */
const adult = 16

/** What is stored about the details that somebody presents. */
export interface IssuedDetails {
  readonly relation: 'self' | 'proxy'
  readonly keyHash: string
  readonly familyName: string
  readonly bornOn: LocalDate
  /** Staff wrote down that a person under 16 can decide for themself. */
  readonly isCompetent: boolean
  readonly expiresAt: Date
  readonly wrongTries: number
  readonly usedAt?: Date
  readonly revokedAt?: Date
  readonly practiceIsLive: boolean
  readonly registration: string
  readonly isSensitive: boolean
  readonly isMerged: boolean
  /** Another account already acts for the patient as the patient. */
  readonly hasOtherAccount: boolean
}

/** What somebody typed from their letter. */
export interface PresentedDetails {
  readonly keyHash: string
  readonly familyName: string
  readonly bornOn: LocalDate
}

/**
 * Why linking failed, told apart for the practice and the trail. Whoever is not proven is told none
 * of them: one answer for all. Source: DOMAIN ACC-6.
 */
export type LinkingFailure =
  | 'account-not-found'
  | 'key-does-not-match'
  | 'name-or-birth-date-does-not-match'
  | 'already-linked'
  | 'account-archived'
  | 'same-person-has-account'
  | 'not-registered-here'
  | 'patient-archived'
  | 'practice-not-live'
  | 'too-young-or-not-competent'
  | 'details-expired'
  | 'too-many-wrong-tries'

/** Failures that count as a wrong try: something that was typed is not right. */
export const wrongTries: readonly LinkingFailure[] = [
  'key-does-not-match',
  'name-or-birth-date-does-not-match',
]

/** May these details open what they are for, to whoever presents them now? */
export function decideLinking(
  issued: IssuedDetails | undefined,
  presented: PresentedDetails,
  now: Date,
): Result<IssuedDetails, LinkingFailure> {
  if (!issued) return refuse('account-not-found')
  if (issued.wrongTries >= wrongTriesAllowed) return refuse('too-many-wrong-tries')
  if (issued.keyHash !== presented.keyHash) return refuse('key-does-not-match')
  if (
    comparableName(issued.familyName) !== comparableName(presented.familyName) ||
    issued.bornOn !== presented.bornOn
  )
    return refuse('name-or-birth-date-does-not-match')
  const failure = whyNotOpen(issued, now)
  return failure === undefined ? accept(issued) : refuse(failure)
}

/** Why details that are right open nothing now, or `undefined`. */
export function whyNotOpen(issued: IssuedDetails, now: Date): LinkingFailure | undefined {
  if (!issued.practiceIsLive) return 'practice-not-live'
  if (issued.usedAt !== undefined) return 'already-linked'
  if (issued.revokedAt !== undefined) return 'account-archived'
  if (issued.registration === 'deceased' || issued.isMerged || issued.isSensitive)
    return 'patient-archived'
  if (issued.registration === 'left') return 'not-registered-here'
  if (issued.expiresAt <= now) return 'details-expired'
  if (issued.relation === 'self' && tooYoung(issued, now)) return 'too-young-or-not-competent'
  if (issued.relation === 'self' && issued.hasOtherAccount) return 'same-person-has-account'
  return undefined
}

function tooYoung(issued: IssuedDetails, now: Date): boolean {
  const age = ageOn(issued.bornOn, localDateOf(now))
  return age < youngestOwnAccount || (age < adult && !issued.isCompetent)
}

/** A name as people may write it differently: capitals, accents, spaces and hyphens let go. */
export function comparableName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '')
}
