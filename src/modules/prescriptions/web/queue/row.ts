import type { LocalDate } from '#kernel/time'
import type { StaffId } from '#modules/directory'
import type { OrderRules } from '../../domain/orderable.ts'
import type { QueueView } from '../../queries/queue/ranked.ts'
import type { WaitingItem } from '../../queries/queue/waiting.ts'

/** What a row needs to know besides its item. */
export interface RowFacts {
  readonly patientName: string
  readonly rules: OrderRules
  readonly view: QueueView
  readonly page: number
  readonly mayDecide: boolean
  readonly staffId: StaffId
  readonly today: LocalDate
}

/** A request's medicine, as staff call it. */
export function nameOf({ name }: Pick<WaitingItem, 'name'>): string {
  return name ?? 'A medicine that is no longer in the record'
}
