import type { InvitationKind } from '../../domain/templates/invitation.ts'

/** Why somebody is invited, as staff read it. */
export const kindWords: Readonly<Record<InvitationKind, string>> = {
  invited: 'Invited',
  recall: 'Recall',
  'care-plan': 'Care plan',
}
