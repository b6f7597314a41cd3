import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'

export type InvitationId = Id<'Invitation'>

/** Why somebody is invited. It counts in a draw's priority. Source: DOMAIN BK-13. */
export type InvitationKind = 'invited' | 'recall' | 'care-plan'

/** Every kind, in the order that staff choose from. */
export const invitationKinds: readonly InvitationKind[] = ['invited', 'recall', 'care-plan']

/** Where an invitation stands on a day. */
export type InvitationState = 'open' | 'used' | 'withdrawn' | 'expired'

/** An invitation may still be used on its last day, and is over from the day after. */
export function invitationState(
  invitation: {
    readonly expiresOn: LocalDate
    readonly usedAt?: Date
    readonly withdrawnAt?: Date
  },
  today: LocalDate,
): InvitationState {
  if (invitation.usedAt) return 'used'
  if (invitation.withdrawnAt) return 'withdrawn'
  return invitation.expiresOn < today ? 'expired' : 'open'
}
