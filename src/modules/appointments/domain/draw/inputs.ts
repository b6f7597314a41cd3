import type { Id } from '#kernel/id'
import type { HeldAppointment } from '../booking.ts'
import { whyNotEligible } from '../eligibility.ts'
import type { Eligibility } from '../slot-type.ts'
import type { Slot } from '../slot.ts'
import type {
  DrawEntrant,
  DrawEntryId,
  DrawInputs,
  DrawSlot,
  DrawWishes,
  Priority,
} from './allot.ts'

/** Somebody who asks, with what decides which slots can be theirs. */
export interface Entrant {
  readonly entryId: DrawEntryId
  readonly patientId: Id<'Patient'>
  readonly wishes: DrawWishes
  readonly patient: Eligibility
  readonly held: readonly HeldAppointment[]
  readonly isCarer: boolean
  /** Kinds of their live invitations. */
  readonly invitationKinds: readonly string[]
}

/**
 * What a draw is allotted from, as it is recorded: wishes, priorities met and times taken, but
 * neither who anyone is, nor when they were born, nor what they wrote.
 */
export function drawInputs(given: {
  readonly priorities: readonly Priority[]
  readonly slots: readonly Slot[]
  readonly entrants: readonly Entrant[]
  readonly maxHeld: number
  readonly now: Date
}): DrawInputs {
  return {
    priorities: given.priorities,
    slots: given.slots.flatMap(drawSlotOf),
    entries: given.entrants.map((entrant) => entrantOf(entrant, given)),
  }
}

function drawSlotOf(slot: Slot): readonly DrawSlot[] {
  if (!slot.deliveryChannel) return []
  return [
    {
      slotId: slot.slotId,
      startsAt: slot.startsAt.toISOString(),
      minutes: slot.minutes,
      deliveryChannel: slot.deliveryChannel,
      ...(slot.staffId && { staffId: slot.staffId }),
    },
  ]
}

function entrantOf(
  entrant: Entrant,
  given: { readonly slots: readonly Slot[]; readonly maxHeld: number; readonly now: Date },
): DrawEntrant {
  const future = entrant.held.filter((held) => held.startsAt > given.now)
  return {
    entryId: entrant.entryId,
    wishes: entrant.wishes,
    meets: prioritiesMet(entrant),
    room: Math.max(0, given.maxHeld - future.length),
    busy: entrant.held.map((held) => ({
      from: held.startsAt.toISOString(),
      until: held.endsAt.toISOString(),
    })),
    notFor: given.slots
      .filter((slot) => whyNotEligible(slot, entrant.patient))
      .map((slot) => slot.slotId),
  }
}

/** Which priorities somebody meets: by their live invitations, and by what the practice knows of them. */
function prioritiesMet(of: Pick<Entrant, 'isCarer' | 'invitationKinds'>): readonly Priority[] {
  const isInvited = of.invitationKinds.some((kind) => kind === 'invited' || kind === 'care-plan')
  return [
    ...(of.invitationKinds.includes('recall') ? (['recall'] as const) : []),
    ...(isInvited ? (['invited'] as const) : []),
    ...(of.isCarer ? (['carer'] as const) : []),
  ]
}
