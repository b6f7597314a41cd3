export { closeMonth, type Closing } from './commands/closing/close-month.ts'
export { enqueueCounting } from './commands/closing/jobs.ts'
export { rollUp, rollUpStale } from './commands/closing/roll-up.ts'
