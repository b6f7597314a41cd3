import type { TreePlace } from './consultation-trees.ts'
import { callingOf } from './kinds.ts'
import type { Medicines } from './medicines.ts'
import type { Holders } from './placement.ts'
import {
  readAllergy,
  readConsultation,
  readFamilyHistory,
  readImmunisation,
  readProblem,
  readProcedure,
} from './read-clinical.ts'
import { readIssue, readMedicine } from './read-medicines.ts'
import { readObservation, readReport } from './read-observation.ts'
import { binaryOf, readDocument, readOther, readReferral, readRequest } from './read-others.ts'
import type { Reading, ReadResult } from './reading.ts'
import type { Source } from './sources.ts'

/** What is known of a person's resources together, before each is read. */
export interface Together {
  readonly medicines: Medicines
  readonly holders: Holders
  readonly placeOf: (source: Source) => TreePlace | undefined
}

/** Reads one resource that is to become an entry. */
export function readSource(source: Source, together: Together, reading: Reading): ReadResult {
  switch (source.type) {
    case 'AllergyIntolerance':
      return readAllergy(source, reading)
    case 'Condition':
      return readProblem(source, reading)
    case 'Immunization':
      return readImmunisation(source, reading)
    case 'Procedure':
      return readProcedure(source, reading)
    case 'FamilyMemberHistory':
      return readFamilyHistory(source, reading)
    case 'Encounter':
      return readConsultation(source, reading)
    case 'Observation': {
      const around = together.holders.around(source, together.placeOf(source))
      return readObservation(source, reading, around)
    }
    case 'DiagnosticReport':
      return readReport(source, reading)
    case 'MedicationRequest':
    case 'MedicationStatement':
      return readMedicineOrIssue(source, together.medicines, reading)
    case 'ReferralRequest':
      return readReferral(source, reading)
    case 'ProcedureRequest':
    case 'ServiceRequest':
      return readRequest(source, reading)
    case 'DocumentReference':
      return readDocument(source, reading, binaryOf(source, reading))
    default:
      return readOther(source, reading, callingOf(source.type) === 'administrative')
  }
}

function readMedicineOrIssue(source: Source, medicines: Medicines, reading: Reading): ReadResult {
  const parts = medicines.byMain.get(source)
  if (parts) return readMedicine(parts, reading)
  const main = medicines.medicineOf.get(source)
  const medicine = main && medicines.byMain.get(main)
  const named = medicine && readMedicine(medicine, silent(reading))
  return readIssue(source, named && 'entry' in named ? named.entry.title : undefined, reading)
}

function silent(reading: Reading): Reading {
  return { ...reading, note: () => undefined }
}
