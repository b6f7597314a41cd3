import { localDateOf, startOfDay, type LocalDate } from '#kernel/time'
import { highestLevel, type Grant, type IdentityMethod } from '../identity/methods.ts'
import { birthdayAt } from '../proxies/birthdays.ts'
import { lowerLevel, type RecordLevel } from '../services.ts'

/** What somebody with an account of their own has, and what was decided about it. */
export interface OwnAccess extends Grant {
  readonly bornOn: LocalDate
  readonly startsAt: Date
  readonly effectiveFrom: Date
  /** When somebody last set the levels by hand; absent where they are as the sign-up gave them. */
  readonly levelsSetAt?: Date
  readonly identityMethod?: IdentityMethod
  readonly suspendedAt?: Date
  /** The record asks for a review first, or says that they declined. */
  readonly awaitsReview: boolean
}

/** What the sixteenth birthday gives: a level, and from when on entries follow it. */
export interface RaisedAtSixteen {
  readonly recordCurrent: RecordLevel
  readonly effectiveFrom: Date
}

/**
 * What the sixteenth birthday between two days (`after` not included, `until` is) gives to somebody
 * who had an account of their own by then, or `undefined` where it gives nothing. It never lowers
 * anything, never passes over a weak proof of identity, opens nothing older, and leaves alone what
 * somebody decided on the day or since, an account that is suspended, and a record that was closed
 * by hand. Source: DOMAIN CFG-4, ID-6, RA-8.
 */
export function raisedAtSixteen(
  access: OwnAccess,
  sixteenRecord: RecordLevel,
  days: { readonly after: LocalDate; readonly until: LocalDate },
): RaisedAtSixteen | undefined {
  const birthday = birthdayAt(access.bornOn, 16)
  if (birthday <= days.after || birthday > days.until) return undefined
  if (localDateOf(access.startsAt) >= birthday) return undefined
  if (access.suspendedAt || access.awaitsReview || wasDecided(access, birthday)) return undefined
  const { recordCurrent, recordHistorical, identityMethod, effectiveFrom } = access
  const highest = identityMethod ? highestLevel(identityMethod) : 'full'
  const level = lowerLevel(sixteenRecord, highest)
  if (lowerLevel(level, recordCurrent) === level) return undefined
  const hadNone = recordCurrent === 'none' && recordHistorical === 'none'
  return { recordCurrent: level, effectiveFrom: hadNone ? startOfDay(birthday) : effectiveFrom }
}

function wasDecided({ levelsSetAt, recordCurrent }: OwnAccess, birthday: LocalDate): boolean {
  if (levelsSetAt === undefined) return false
  return recordCurrent === 'none' || localDateOf(levelsSetAt) >= birthday
}
