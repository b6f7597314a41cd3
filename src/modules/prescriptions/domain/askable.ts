import { accept, refuse, type Result } from '#kernel/result'
import { addDays, type LocalDate } from '#kernel/time'
import { isOpen } from './item.ts'
import { listOf } from './lists.ts'
import type { Medicine } from './medicine.ts'
import type { OrderRules } from './orderable.ts'
import { nameKey } from './same.ts'
import { lastSupply, type PastRequest } from './supply.ts'

/** Why a medicine that is not an active repeat cannot be asked for now. */
export type NotAskable =
  | { readonly reason: 'not-allowed' | 'is-repeat' | 'has-repeat' | 'pharmacy-has-it' }
  | { readonly reason: 'needs-conversation' }
  | { readonly reason: 'already-requested'; readonly since: LocalDate }
  | { readonly reason: 'on-its-way'; readonly since: LocalDate }

/** For how long after an approval the same is not asked for again. Source: DOMAIN 1.20. */
const approvedForDays = 30

/**
 * May this past or short-term medicine be asked for today? `names` are the names of the patient's
 * active repeats: what is one of them is ordered as such. `requests` are those for the medicine under
 * whichever entry of the record.
 *
 * Source: DOMAIN RX-1, RX-3; E00333 to E00338.
 */
export function decideAskable(
  medicine: Medicine,
  requests: readonly PastRequest[],
  facts: {
    readonly names: ReadonlySet<string>
    readonly rules: Pick<OrderRules, 'acuteRequests'> & Partial<Pick<OrderRules, 'orderingOpen'>>
    readonly today: LocalDate
  },
): Result<Medicine, NotAskable> {
  const { names, rules, today } = facts
  const list = listOf(medicine)
  if (list === 'current') return refuse({ reason: 'is-repeat' })
  if (list === 'repeat-dispensing') return refuse({ reason: 'pharmacy-has-it' })
  const isOpenNow = rules.acuteRequests && rules.orderingOpen !== false
  if (!isOpenNow || medicine.isHiddenOnline) return refuse({ reason: 'not-allowed' })
  if (names.has(nameKey(medicine))) return refuse({ reason: 'has-repeat' })

  const pending = requests.find((request) => isOpen(request.state))
  if (pending) return refuse({ reason: 'already-requested', since: pending.requestedOn })
  if (medicine.needsConversation) return refuse({ reason: 'needs-conversation' })
  const supply = lastSupply(medicine, requests)
  if (supply?.isOnItsWay && today < addDays(supply.on, approvedForDays)) {
    return refuse({ reason: 'on-its-way', since: supply.on })
  }
  return accept(medicine)
}

/** The names of the active repeats among these medicines, as `decideAskable` compares them. */
export function repeatNames(medicines: readonly Medicine[]): ReadonlySet<string> {
  return new Set(medicines.filter((one) => listOf(one) === 'current').map(nameKey))
}
