import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import type { MedicationId, Medicine } from './medicine.ts'
import {
  decideOrderable,
  type NotOrderable,
  type OrderRules,
  type PastRequest,
} from './orderable.ts'

/** How long a note to the practice may be, in characters. */
export const noteLimit = 500

/** A medicine that the reader is shown, with the earlier requests for it. */
export interface ShownMedicine {
  readonly medicine: Medicine
  readonly requests: readonly PastRequest[]
}

/** What a person asks for. `note` is their own words, empty for none. */
export interface AskedOrder {
  readonly medicationIds: readonly MedicationId[]
  readonly note: string
}

/** One thing that keeps an order from being placed. */
export type OrderFault =
  | { readonly fault: 'nothing-chosen' | 'note-too-long' | 'note-not-allowed' }
  | { readonly fault: 'not-orderable'; readonly medicine: Medicine; readonly why: NotOrderable }

/** `not-found` where a medicine is not among those shown; else every fault at once. */
export type OrderRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'faults'; readonly faults: readonly OrderFault[] }

/** May these medicines be ordered together? Gives each of them once. */
export function decideOrder(
  asked: AskedOrder,
  shown: readonly ShownMedicine[],
  rules: OrderRules,
  today: LocalDate,
): Result<readonly ShownMedicine[], OrderRefusal> {
  const wanted = new Set(asked.medicationIds)
  const chosen = shown.filter(({ medicine }) => wanted.has(medicine.medicationId))
  if (chosen.length < wanted.size) return refuse({ reason: 'not-found' })

  const faults: OrderFault[] = []
  if (chosen.length === 0) faults.push({ fault: 'nothing-chosen' })
  for (const { medicine, requests } of chosen) {
    const decision = decideOrderable(medicine, requests, rules, today)
    if (!decision.ok) faults.push({ fault: 'not-orderable', medicine, why: decision.refusal })
  }
  if (asked.note.length > noteLimit) faults.push({ fault: 'note-too-long' })
  if (asked.note !== '' && !rules.noteAllowed) faults.push({ fault: 'note-not-allowed' })
  return faults.length === 0 ? accept(chosen) : refuse({ reason: 'faults', faults })
}
