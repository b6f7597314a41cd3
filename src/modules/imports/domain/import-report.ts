import type { DraftEntry } from './draft-entry.ts'
import { type ExportReading, addsUp, type PatientPart, type Quarantined } from './read-export.ts'
import { type Tally, totalOf } from './ledger.ts'
import type { Note } from './reading.ts'

/** Something set aside, as the report names it: which resource, where in the file, and why. */
export interface SetAside {
  readonly sourceKey: string
  readonly path: string
  readonly type: string
  readonly reason: string
}

/** What became of one patient's part of a file. */
export interface PatientReport {
  /** As the file has it, or as it was given by hand. */
  readonly nhsNumber?: string
  /** Why nothing of it was stored; absent where it was. */
  readonly refused?: string
  /** What storing came to; absent where it was refused. */
  readonly stored?: {
    readonly stored: number
    readonly updated: number
    readonly unchanged: number
    readonly closed: number
    readonly released: number
    readonly held: number
  }
  readonly tally: Tally
  readonly setAside: readonly SetAside[]
  readonly notes: readonly Note[]
}

/** What became of one file. */
export interface FileReport {
  readonly file: string
  /** Why nothing of it could be read; absent where it was. */
  readonly unreadable?: string
  readonly source?: 'gp-connect' | 'fhir-r4'
  readonly exportedAt?: Date
  readonly isWhole?: boolean
  /** How many resources the file holds. */
  readonly counted: number
  readonly tally: Tally
  /** Whether every resource of the file is accounted for. */
  readonly addsUp: boolean
  readonly patients: readonly PatientReport[]
  /** What belongs to no patient. */
  readonly setAside: readonly SetAside[]
  readonly notes: readonly Note[]
}

/** Whether everything of a file went in and is accounted for. */
export function isAllIn(report: FileReport): boolean {
  return (
    report.unreadable === undefined &&
    report.addsUp &&
    report.tally.quarantined === 0 &&
    report.patients.every((patient) => patient.refused === undefined)
  )
}

/** The report of a file that could not be read at all. */
export function unreadableFile(file: string, reason: string): FileReport {
  return {
    file,
    unreadable: reason,
    counted: 0,
    tally: noTally,
    addsUp: true,
    patients: [],
    setAside: [],
    notes: [],
  }
}

/** Puts a file's report together; the resources of a refused patient count as set aside. */
export function fileReport(
  file: string,
  reading: ExportReading,
  isWhole: boolean,
  patients: readonly PatientReport[],
  notes: readonly Note[] = [],
): FileReport {
  const moved = patients
    .filter((patient) => patient.refused !== undefined)
    .map((patient) => patient.tally)
  const entry = moved.reduce((sum, tally) => sum + tally.entry, 0)
  const merged = moved.reduce((sum, tally) => sum + tally.merged, 0)
  const tally = {
    ...reading.tally,
    entry: reading.tally.entry - entry,
    merged: reading.tally.merged - merged,
    quarantined: reading.tally.quarantined + entry + merged,
  }
  return {
    file,
    source: reading.source,
    ...(reading.exportedAt && { exportedAt: reading.exportedAt }),
    isWhole,
    counted: reading.counted,
    tally,
    addsUp: addsUp(reading) && totalOf(tally) === reading.counted && storedAddUp(reading, patients),
    patients,
    setAside: reading.unassigned.map(setAside),
    notes: [...notes, ...reading.notes],
  }
}

/** The report of one patient's part. */
export function patientReport(
  part: PatientPart,
  nhsNumber: string | undefined,
  outcome: Pick<PatientReport, 'refused' | 'stored'>,
  more: readonly Note[] = [],
): PatientReport {
  return {
    ...(nhsNumber && { nhsNumber }),
    ...outcome,
    tally: part.tally,
    setAside: part.quarantined.map(setAside),
    notes: [...part.notes, ...more],
  }
}

const noTally: Tally = { entry: 0, merged: 0, people: 0, quarantined: 0 }

function setAside({ sourceKey, path, type, reason }: Quarantined): SetAside {
  return { sourceKey, path, type, reason }
}

/** Every entry that was handed over to be stored was new, changed or the same. */
function storedAddUp(reading: ExportReading, patients: readonly PatientReport[]): boolean {
  return patients.every((patient, index) => {
    const entries: readonly DraftEntry[] = reading.patients[index]?.entries ?? []
    const { stored } = patient
    return !stored || stored.stored + stored.updated + stored.unchanged === entries.length
  })
}
