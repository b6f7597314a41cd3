export { addPastOrders, type PastOrder, type PastOutcome } from './commands/add-past-orders.ts'
export { setOrderRules } from './commands/set-order-rules.ts'
export type { RejectReason } from './domain/item.ts'
export type { OrderRules } from './domain/orderable.ts'
