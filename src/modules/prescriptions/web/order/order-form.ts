import { z } from 'zod'
import { newId, parseId } from '#kernel/id'
import { parseOdsCode } from '#kernel/ods-code'
import { formatDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import type { Destination } from '../../domain/item.ts'
import { noteLimit, type AskedOrder, type OrderFault } from '../../domain/order.ts'
import type { SameRequest } from '../../domain/same.ts'
import { formatNotAskable, formatNotOrderable, type ShowRules } from '../words.ts'

/** The page that a press of a button asks for next. */
type OrderStep = 'check' | 'choose' | 'destination' | 'pharmacies'

/** The order form as posted. `next` is the page asked for; all but the check let the person change. */
export interface OrderForm extends AskedOrder {
  readonly kind: 'repeat' | 'acute'
  readonly idempotencyKey: string
  readonly next: OrderStep
  /** One of the pharmacies found was to be chosen, and none was. */
  readonly isPharmacyMissing: boolean
  /** What was typed to find a pharmacy for this order, and the page of what was found. */
  readonly search: string
  readonly page: number
  /** A place was given that cannot be read, so nobody can say where this would go. */
  readonly isPlaceUnread: boolean
}

const form = z.object({
  medicine: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(200)]).catch([]),
  note: z.string().catch(''),
  kind: z.enum(['repeat', 'acute']).catch('repeat'),
  destination: z.string().catch(''),
  search: z.string().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(100).catch(1),
  choosing: z.literal('pharmacy').optional().catch(undefined),
  more: z.literal('yes').optional().catch(undefined),
  idempotencyKey: z.string().optional().catch(undefined),
  change: z.string().optional().catch(undefined),
})

/** Reads the order form. What is no id is answered as the id of nothing. */
export function parseOrderForm(body: unknown, now: Date): OrderForm {
  const given = form.parse(typeof body === 'object' && body !== null ? body : {})
  const destination = parseDestination(given.destination)
  return {
    medicationIds: given.medicine.map((one) => parseId<'Medication'>(one) ?? newId(now)),
    note: given.note.replaceAll('\r\n', '\n').trim(),
    kind: given.kind,
    needsMore: given.more === 'yes',
    destination,
    isPlaceUnread: destination === undefined && !['', 'find'].includes(given.destination),
    search: given.search.trim(),
    page: given.page,
    idempotencyKey: parseId(given.idempotencyKey) ?? newId(now),
    next: stepOf(given),
    isPharmacyMissing: given.choosing === 'pharmacy' && given.destination === '',
  }
}

function stepOf(given: {
  readonly change?: string | undefined
  readonly choosing?: 'pharmacy' | undefined
  readonly destination: string
}): OrderStep {
  if (given.change === 'destination') return 'destination'
  if (given.change !== undefined) return 'choose'
  const isFinding = given.destination === '' && given.choosing === 'pharmacy'
  return isFinding || given.destination === 'find' ? 'pharmacies' : 'check'
}

/** A destination as one value of a form. */
export function destinationValue(destination: Destination): string {
  return 'ods' in destination ? `${destination.kind}:${destination.ods}` : destination.kind
}

function parseDestination(value: string): Destination | undefined {
  if (value === 'paper' || value === 'dispensing-practice') return { kind: value }
  const [kind, code = ''] = value.split(':')
  const ods = parseOdsCode(code)
  if (!ods.ok || (kind !== 'nominated' && kind !== 'one-off')) return undefined
  return { kind, ods: ods.value }
}

/** What is wrong with an order, by the field to go back to, in page order. */
export function formatOrderFaults(
  faults: readonly OrderFault[],
  rules: ShowRules,
): readonly FieldFault[] {
  return faults.map((one) => {
    switch (one.fault) {
      case 'nothing-chosen':
        return { field: 'medicine', message: 'Choose at least one medicine to order' }
      case 'note-too-long':
        return { field: 'note', message: `Note must be ${noteLimit} characters or fewer` }
      case 'note-not-allowed':
        return {
          field: 'medicine',
          message: 'Your GP surgery does not take notes with orders. Your note was left out',
        }
      case 'note-missing':
        return { field: 'note', message: 'Enter a note: your GP surgery asks for one' }
      case 'reason-missing':
        return { field: 'note', message: 'Enter why you need it' }
      case 'not-orderable': {
        const { what, next } = formatNotOrderable(one.why, rules)
        return { field: 'medicine', message: `${one.medicine.name}: ${what} ${next}` }
      }
      case 'not-askable': {
        const { what, next } = formatNotAskable(one.why)
        return { field: 'note', message: `${one.medicine.name}: ${what} ${next}` }
      }
      case 'same-twice':
        return {
          field: 'more',
          message: `${one.medicine.name} is on your list more than once, and you chose it twice. Choose one of them, or tick that you need both`,
        }
      case 'same-requested':
        return { field: 'more', message: sameWords(one.medicine.name, one.same) }
      case 'pharmacy-changed':
        return {
          field: 'destination',
          message: 'Your chosen pharmacy has changed. Choose again where this should go',
        }
      case 'pharmacy-unknown':
        return { field: 'destination', message: 'This pharmacy cannot be used. Choose another one' }
      case 'does-not-dispense':
        return {
          field: 'destination',
          message: 'Your GP surgery does not dispense medicines. Choose somewhere else',
        }
    }
  })
}

function sameWords(name: string, { since, isApproved }: SameRequest): string {
  const before = isApproved
    ? `was approved on ${formatDate(since)} and is on its way`
    : `was ordered on ${formatDate(since)} and is waiting for a decision`
  return `${name} is on your list more than once, and ${before} already. Leave it out, or tick that you need more`
}

/** Whether all that is wrong is where the order should go. */
export function isOnlyPlace(faults: readonly OrderFault[]): boolean {
  const places: readonly OrderFault['fault'][] = [
    'pharmacy-changed',
    'pharmacy-unknown',
    'does-not-dispense',
  ]
  return faults.every((one) => places.includes(one.fault))
}
