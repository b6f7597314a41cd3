import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { decideAskable, repeatNames, type NotAskable } from './askable.ts'
import { destinationFault, type DestinationFacts, type DestinationFault } from './destination.ts'
import type { Destination } from './item.ts'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrderable, type NotOrderable, type OrderRules } from './orderable.ts'
import { requestsOfSame, sameRequestOf, twinsOf, type SameRequest } from './same.ts'
import type { PastRequest } from './supply.ts'

/** How long a note to the practice may be, in characters. */
export const noteLimit = 500

/** A medicine that the reader is shown, with the earlier requests for it. */
export interface ShownMedicine {
  readonly medicine: Medicine
  readonly requests: readonly PastRequest[]
}

/**
 * What a person asks for. `note` is their own words, empty for none. `acute` asks for medicines
 * that are not active repeats, and `note` then says what for.
 */
export interface AskedOrder {
  readonly medicationIds: readonly MedicationId[]
  readonly note: string
  readonly kind?: 'repeat' | 'acute' | undefined
  /** They need a repeat although the same is ordered with it, or waits or is on its way already. */
  readonly needsMore?: boolean | undefined
  /** Paper, where it is not given. */
  readonly destination?: Destination | undefined
}

/** One thing that keeps an order from being placed. */
export type OrderFault =
  | { readonly fault: 'nothing-chosen' | 'note-too-long' | 'note-not-allowed' }
  | { readonly fault: 'note-missing' | 'reason-missing' }
  | { readonly fault: 'not-orderable'; readonly medicine: Medicine; readonly why: NotOrderable }
  | { readonly fault: 'not-askable'; readonly medicine: Medicine; readonly why: NotAskable }
  | { readonly fault: 'same-twice'; readonly medicine: Medicine }
  | { readonly fault: 'same-requested'; readonly medicine: Medicine; readonly same: SameRequest }
  | { readonly fault: DestinationFault }

/** `not-found` where a medicine is not among those shown; else every fault at once. */
export type OrderRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'faults'; readonly faults: readonly OrderFault[] }

/**
 * May these medicines be ordered together, and go there? Gives each of them once. A medicine that
 * stands in the record twice is not ordered twice unless the person says that they need it.
 */
export function decideOrder(
  asked: AskedOrder,
  shown: readonly ShownMedicine[],
  rules: OrderRules,
  today: LocalDate,
  places?: DestinationFacts,
): Result<readonly ShownMedicine[], OrderRefusal> {
  const wanted = new Set(asked.medicationIds)
  const chosen = shown.filter(({ medicine }) => wanted.has(medicine.medicationId))
  if (chosen.length < wanted.size) return refuse({ reason: 'not-found' })

  const isAcute = asked.kind === 'acute'
  const names = repeatNames(shown.map(({ medicine }) => medicine))
  const faults: readonly OrderFault[] = [
    ...(chosen.length === 0 ? [{ fault: 'nothing-chosen' as const }] : []),
    ...chosen.flatMap((one) =>
      isAcute
        ? askFault({ ...one, requests: requestsOfSame(one, shown) }, { names, rules, today })
        : medicineFault(one, rules, today),
    ),
    ...(asked.needsMore && !isAcute ? [] : sameFaults(chosen, isAcute ? [] : shown, today)),
    ...noteFaults(asked, rules),
    ...placeFaults(asked.destination ?? { kind: 'paper' }, places ?? rules),
  ]
  return faults.length === 0 ? accept(chosen) : refuse({ reason: 'faults', faults })
}

function medicineFault(
  { medicine, requests }: ShownMedicine,
  rules: OrderRules,
  today: LocalDate,
): readonly OrderFault[] {
  const decision = decideOrderable(medicine, requests, rules, today)
  return decision.ok ? [] : [{ fault: 'not-orderable', medicine, why: decision.refusal }]
}

/** Of what is chosen, whatever is the same as another of it, or as what was asked for before. */
function sameFaults(
  chosen: readonly ShownMedicine[],
  shown: readonly ShownMedicine[],
  today: LocalDate,
): readonly OrderFault[] {
  return chosen.flatMap(({ medicine }, place): readonly OrderFault[] => {
    if (twinsOf(medicine, chosen.slice(0, place)).length > 0) {
      return [{ fault: 'same-twice', medicine }]
    }
    const requests = twinsOf(medicine, shown).flatMap((twin) => twin.requests)
    const same = sameRequestOf(requests, today)
    return same ? [{ fault: 'same-requested', medicine, same }] : []
  })
}

function askFault(
  { medicine, requests }: ShownMedicine,
  facts: Parameters<typeof decideAskable>[2],
): readonly OrderFault[] {
  const decision = decideAskable(medicine, requests, facts)
  return decision.ok ? [] : [{ fault: 'not-askable', medicine, why: decision.refusal }]
}

function noteFaults({ note, kind }: AskedOrder, rules: OrderRules): readonly OrderFault[] {
  if (note.length > noteLimit) return [{ fault: 'note-too-long' }]
  if (kind === 'acute') return note === '' ? [{ fault: 'reason-missing' }] : []
  if (note === '') return rules.noteRequired ? [{ fault: 'note-missing' }] : []
  return rules.noteAllowed ? [] : [{ fault: 'note-not-allowed' }]
}

function placeFaults(destination: Destination, places: DestinationFacts): readonly OrderFault[] {
  const fault = destinationFault(destination, places)
  return fault === undefined ? [] : [{ fault }]
}
