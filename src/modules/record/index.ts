export { beginReadingLetters } from './commands/rescreen/read-old-letters.ts'
export { beginRescreening } from './commands/rescreen/rescreen.ts'
export { addPastReleases, type PastReleases } from './commands/add-past-releases.ts'
export { recordImport, type ImportRun, type Quarantined } from './commands/record-import.ts'
export {
  storeRecord,
  storeRecords,
  type PatientRecord,
  type StoreReport,
} from './commands/store-record.ts'
export type {
  AllergyDetail,
  Coding,
  ConsultationDetail,
  DocumentDetail,
  EntryDetail,
  EntryId,
  EntryKind,
  EntryLink,
  EntryValue,
  ImmunisationDetail,
  IncomingEntry,
  IncomingRecord,
  IncomingSection,
  IssueDetail,
  Marker,
  MedicationDetail,
  Precision,
  ProblemDetail,
  ReferralDetail,
  ResultDetail,
  Section,
} from './domain/entry.ts'
export { screenText, type ScreenContext, type TextScreening } from './domain/text/screen-text.ts'
