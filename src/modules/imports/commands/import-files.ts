import { createHash } from 'node:crypto'
import { recordImport } from '#modules/record'
import type { NhsNumber } from '#kernel/nhs-number'
import { type Database, type SystemProof, systemProof } from '#platform/db'
import type { OdsCode } from '#kernel/ods-code'
import { decideNhsNumber } from '../domain/decide-patient.ts'
import {
  fileReport,
  type FileReport,
  type PatientReport,
  patientReport,
  unreadableFile,
} from '../domain/import-report.ts'
import { type ParsedFile, parseFile } from '../domain/parse-file.ts'
import { type ExportReading, type PatientPart, readExport } from '../domain/read-export.ts'
import type { Note } from '../domain/reading.ts'
import { gather, type Source } from '../domain/sources.ts'
import { storePart } from './store-part.ts'

/** A file to import. */
export interface ImportFile {
  readonly name: string
  /** Its bytes, or why they could not be had. */
  readonly bytes: Uint8Array | { readonly unreadable: string }
}

/** How to import. */
export interface ImportSettings {
  readonly practice: OdsCode
  /** The NHS number of the only patient of these files, where they mask or lack it. */
  readonly nhsNumber?: NhsNumber
  /** Takes each file as all that its source holds of who it describes: what is not in it is closed. */
  readonly isWhole?: boolean
  /** Stores older exports over newer ones. */
  readonly isForced?: boolean
}

/** Several times the fullest records; each is stored in one transaction. */
const mostEntries = 100_000

interface ReadFile {
  readonly name: string
  readonly hash: string
  readonly roots: readonly unknown[]
  readonly sources: readonly Source[]
  readonly notes: readonly Note[]
}

/**
 * Imports files into a practice, each by itself and each patient in one transaction. What cannot be
 * read or kept is reported and stops nothing else. References may lead from one file into another.
 */
export async function importFiles(
  db: Database,
  files: readonly ImportFile[],
  settings: ImportSettings,
): Promise<readonly FileReport[]> {
  const read = files.map(readFile)
  const proof = systemProof(settings.practice)
  const reports: FileReport[] = []
  for (const file of read) {
    if ('unreadable' in file) {
      reports.push(unreadableFile(file.name, file.unreadable))
      continue
    }
    const others = read.flatMap((other) =>
      'sources' in other && other !== file ? other.sources : [],
    )
    const reading = readExport(file.roots, {
      others,
      ...(settings.nhsNumber && { nhsNumber: settings.nhsNumber }),
    })
    reports.push(await importReading(db, proof, file, reading, settings))
  }
  return reports
}

function readFile(
  file: ImportFile,
): ReadFile | { readonly name: string; readonly unreadable: string } {
  if (!(file.bytes instanceof Uint8Array))
    return { name: file.name, unreadable: file.bytes.unreadable }
  const parsed = parseFile(file.bytes)
  if (!parsed.ok) return { name: file.name, unreadable: parsed.refusal }
  return {
    name: file.name,
    hash: createHash('sha256').update(file.bytes).digest('hex'),
    roots: parsed.value.roots,
    sources: gather(parsed.value.roots).sources,
    notes: notesOn(parsed.value),
  }
}

function notesOn(parsed: ParsedFile): readonly Note[] {
  const note = (what: string): Note => ({ about: 'file', path: '', what })
  return [
    ...(parsed.isCleaned ? [note('characters that no database can keep were taken out')] : []),
    ...(parsed.format === 'xml'
      ? [note('it was XML: its resources are kept in the shape of JSON')]
      : []),
  ]
}

async function importReading(
  db: Database,
  proof: SystemProof,
  file: ReadFile,
  reading: ExportReading,
  settings: ImportSettings,
): Promise<FileReport> {
  const patients: PatientReport[] = []
  let hasWhole = false
  for (const part of reading.patients) {
    const isWhole = isWholeRecord(part, reading, settings)
    hasWhole ||= isWhole
    patients.push(await importPart(db, proof, part, file, reading, { ...settings, isWhole }))
  }
  const report = fileReport(file.name, reading, hasWhole, patients, file.notes)
  const isRefused = patients.some((patient) => patient.refused !== undefined)
  if (reading.unassigned.length > 0 || isRefused || !report.addsUp) {
    await keepFileReport(db, proof, file, report, reading)
  }
  return report
}

/**
 * Whether what is not in this part has gone. By hand only for who is described in the same file: of
 * NDJSON, where each kind has a file of its own, no file is whole.
 */
function isWholeRecord(
  part: PatientPart,
  reading: ExportReading,
  settings: ImportSettings,
): boolean {
  if (!part.isDescribedHere) return false
  return reading.isWhole || (settings.isWhole === true && part.entries.length > 0)
}

async function importPart(
  db: Database,
  proof: SystemProof,
  part: PatientPart,
  file: ReadFile,
  reading: ExportReading,
  settings: ImportSettings & { readonly isWhole: boolean },
): Promise<PatientReport> {
  if (part.entries.length > mostEntries) {
    return patientReport(part, part.identity?.nhsNumbers[0] ?? part.nhsNumber, {
      refused: `it holds more than ${mostEntries.toLocaleString('en-GB')} entries of one patient, which no record has`,
    })
  }
  const given = reading.patients.length === 1 ? settings.nhsNumber : undefined
  const number = decideNhsNumber(part, given)
  if (!number.ok) {
    const written = part.identity?.nhsNumbers[0] ?? part.nhsNumber
    const isAmbiguous = settings.nhsNumber !== undefined && given === undefined
    return patientReport(part, written, {
      refused: isAmbiguous
        ? `${number.refusal}, for a file of one patient: this one has several`
        : number.refusal,
    })
  }
  const outcome = await storePart(db, proof, part, number.value, {
    fileName: file.name,
    fileHash: file.hash,
    source: reading.source,
    ...(reading.exportedAt && { exportedAt: reading.exportedAt }),
    isWhole: settings.isWhole,
    isForced: settings.isForced ?? false,
  })
  const isReplaced = given && part.identity && !part.identity.nhsNumbers.includes(given)
  const note = {
    about: 'Patient',
    path: '',
    what: 'the NHS number given by hand took the place of the one in the file',
  }
  return patientReport(part, number.value, outcome, isReplaced ? [note] : [])
}

/** What belongs to no patient, and who was refused, kept with the practice's imports. */
async function keepFileReport(
  db: Database,
  proof: SystemProof,
  file: ReadFile,
  report: FileReport,
  reading: ExportReading,
): Promise<void> {
  await db.transaction(proof, (tx) =>
    recordImport(tx, {
      fileName: file.name,
      fileHash: file.hash,
      report: {
        tally: report.tally,
        addsUp: report.addsUp,
        refused: report.patients.flatMap((patient) => patient.refused ?? []),
        notes: report.notes,
      },
      quarantined: reading.unassigned.map(({ sourceKey, path, reason, resource }) => ({
        sourceKey,
        reason: path ? `${reason} (${path})` : reason,
        resource,
      })),
    }),
  )
}
