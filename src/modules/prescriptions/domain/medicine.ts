import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'

/** The record's id of a medication entry: one authorisation, not one supply. */
export type MedicationId = Id<'Medication'>

/** A medicine as the record has it, with its issues taken together. Absent is not known. */
export interface Medicine {
  readonly medicationId: MedicationId
  /** The record's own words: name, strength and form, such as "Metformin 500mg tablets". */
  readonly name: string
  /** The codes that the record has for it, in whatever dictionary. */
  readonly codes?: readonly string[] | undefined
  readonly type: 'acute' | 'repeat' | 'repeat-dispensing' | 'delayed'
  readonly status: 'active' | 'stopped' | 'completed'
  /** The dose as text, such as "One tablet each morning". */
  readonly dose?: string | undefined
  readonly patientInstruction?: string | undefined
  /** As the source prints it, such as "28 tablet". */
  readonly quantity?: string | undefined
  /** How long one usual supply lasts: as authorised, or else the last issue's. At least 1. */
  readonly durationDays?: number | undefined
  /** How long the last issue lasts, where that is known. At least 1. */
  readonly lastIssueDays?: number | undefined
  /** The dose is not the one that the last issue was for. */
  readonly isDoseChanged?: boolean | undefined
  /** Issues authorised in all, the first included. */
  readonly issuesAllowed?: number | undefined
  readonly issuesMade?: number | undefined
  readonly lastIssuedOn?: LocalDate | undefined
  /** When the medicine is reviewed or its authorisation ends, whichever comes first. */
  readonly reviewDueOn?: LocalDate | undefined
  readonly stoppedOn?: LocalDate | undefined
  readonly stopReason?: string | undefined
  /** The practice wants to be spoken to before this is ordered. Source: DOMAIN RX-12. */
  readonly needsConversation?: boolean | undefined
  /** The practice takes no orders for this online: it is listed, with whom to ask. */
  readonly isHiddenOnline?: boolean | undefined
}
