import { z } from 'zod'
import { newId, parseId } from '#kernel/id'
import type { AskedOrder, OrderFault } from '../domain/order.ts'
import { noteLimit } from '../domain/order.ts'
import { formatNotAskable, formatNotOrderable } from './words.ts'
import type { FieldFault } from '#platform/http'

/** The order form as posted. `isChange` asks to choose again instead of going on. */
export interface OrderForm extends AskedOrder {
  readonly idempotencyKey: string
  readonly isChange: boolean
}

const form = z.object({
  medicine: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(200)]).catch([]),
  note: z.string().catch(''),
  idempotencyKey: z.string().optional().catch(undefined),
  change: z.string().optional().catch(undefined),
})

/** Reads the order form. What is no id is answered as the id of nothing. */
export function parseOrderForm(body: unknown, now: Date): OrderForm {
  const given = form.parse(typeof body === 'object' && body !== null ? body : {})
  return {
    medicationIds: given.medicine.map((one) => parseId<'Medication'>(one) ?? newId(now)),
    note: given.note.replaceAll('\r\n', '\n').trim(),
    idempotencyKey: parseId(given.idempotencyKey) ?? newId(now),
    isChange: given.change !== undefined,
  }
}

/** What is wrong with an order, by the field to go back to, in page order. */
export function formatOrderFaults(faults: readonly OrderFault[]): readonly FieldFault[] {
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
      case 'reason-missing':
        return { field: 'note', message: 'Enter what you need it for' }
      case 'not-orderable': {
        const { what, next } = formatNotOrderable(one.why)
        return { field: 'medicine', message: `${one.medicine.name}: ${what} ${next}` }
      }
      case 'not-askable': {
        const { what, next } = formatNotAskable(one.why)
        return { field: 'note', message: `${one.medicine.name}: ${what} ${next}` }
      }
      case 'pharmacy-changed':
        return {
          field: 'destination',
          message: 'Your pharmacy has changed since you chose it. Choose again where it should go',
        }
      case 'pharmacy-unknown':
        return { field: 'destination', message: 'Choose the pharmacy again: it cannot be used now' }
      case 'does-not-dispense':
        return {
          field: 'destination',
          message: 'Your GP surgery does not dispense medicines. Choose somewhere else',
        }
    }
  })
}
