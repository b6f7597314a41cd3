export { closeMonth, type Closing } from './commands/closing/close-month.ts'
export { enqueueCounting } from './commands/closing/jobs.ts'
export { nationwide, rollUp, rollUpStale } from './commands/closing/roll-up.ts'
export {
  importPublished,
  savePlaces,
  type ImportReport,
} from './commands/importing/import-published.ts'
export { saveApprovals, saveDeciles, savePracticePlaces } from './commands/importing/save-lists.ts'
export { parseDeciles, parseEpraccur, parsePlaces } from './domain/geography/files.ts'
export type { PlaceVersion } from './domain/geography/geography.ts'
export {
  formatMonth,
  formatMonthCode,
  instantsOfMonth,
  monthAfter,
  monthOf,
  monthsFrom,
  parseMonth,
  startOfFinancialYear,
  type Month,
} from './domain/months/month.ts'
export { parsePomi, type PublishedMonth } from './domain/pomi/parse.ts'
export { formatFinding } from './domain/quality/checks.ts'
export { monthFiles } from './queries/figures/month-files.ts'
export { isAnythingCounted } from './queries/figures/public-months.ts'
