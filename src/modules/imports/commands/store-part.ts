import { patientByNhsNumber, type Patient, type PatientId, upsertPatient } from '#modules/directory'
import { type IncomingRecord, recordImport, storeRecord, type StoreReport } from '#modules/record'
import { followImport, type ImportedStanding } from '#modules/registration'
import { parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import type { Database, SystemProof, Tx } from '#platform/db'
import { decideRegistrable, whyAnotherPerson } from '../domain/decide-patient.ts'
import type { PatientPart } from '../domain/read-export.ts'
import { claimExport } from '../queries/exports.ts'

/** What to store one patient's part by. */
interface PartSettings {
  readonly fileName: string
  readonly fileHash: string
  readonly source: string
  readonly exportedAt?: Date
  readonly isWhole: boolean
  /** Stores an older export over a newer one, and a person whose name or date of birth was corrected. */
  readonly isForced: boolean
}

/** Thrown inside the transaction, so that nothing of the part stays; its message says why. */
class Refused extends Error {}

/**
 * Stores one patient's part of a file, with the person, the report and what was set aside, in one
 * transaction: all of it, or nothing and why.
 */
export async function storePart(
  db: Database,
  proof: SystemProof,
  part: PatientPart,
  nhsNumber: NhsNumber,
  settings: PartSettings,
): Promise<{ readonly stored: StoreReport } | { readonly refused: string }> {
  try {
    const stored = await db.transaction(proof, (tx) => storeWhole(tx, part, nhsNumber, settings))
    return { stored }
  } catch (fault) {
    if (fault instanceof Refused) return { refused: fault.message }
    const code = dataFault(fault)
    if (!code) throw fault
    const culprit = await findCulprit(db, proof, part, nhsNumber, settings)
    return { refused: `the database refused ${culprit ?? 'it'} (${code}), so none of it was kept` }
  }
}

async function storeWhole(
  tx: Tx<SystemProof>,
  part: PatientPart,
  nhsNumber: NhsNumber,
  settings: PartSettings,
): Promise<StoreReport> {
  const patientId = await knownPatient(tx, part, nhsNumber, settings)
  const { exportedAt, source, isForced } = settings
  if (exportedAt && !(await claimExport(tx, patientId, source, exportedAt, isForced))) {
    throw new Refused(
      'a newer export of this patient is stored already; store this one over it with --force',
    )
  }
  const stored = await storeRecord(tx, patientId, recordOf(part, settings))
  await recordImport(tx, {
    fileName: settings.fileName,
    fileHash: settings.fileHash,
    report: { patientId, stored, tally: part.tally, notes: part.notes },
    quarantined: part.quarantined.map(({ sourceKey, path, reason, resource }) => ({
      sourceKey,
      reason: path ? `${reason} (${path})` : reason,
      resource,
    })),
  })
  return stored
}

/** Only a whole record, or a file about nothing but the person, changes what the list says of them. */
async function knownPatient(
  tx: Tx<SystemProof>,
  part: PatientPart,
  nhsNumber: NhsNumber,
  settings: PartSettings,
): Promise<PatientId> {
  const known: Patient | undefined = await patientByNhsNumber(tx, nhsNumber)
  const another = known && whyAnotherPerson(part, known)
  if (another !== undefined && !settings.isForced) throw new Refused(another)
  if (known && !settings.isWhole && part.entries.length > 0) return known.patientId
  const person = decideRegistrable(part, nhsNumber)
  if (person.ok) {
    const patientId = await upsertPatient(tx, person.value)
    await followImport(tx, patientId, await standingOf(tx, part, known, person.value.registration))
    return patientId
  }
  if (known) return known.patientId
  throw new Refused(person.refusal)
}

async function standingOf(
  tx: Tx<SystemProof>,
  { identity }: PatientPart,
  known: Patient | undefined,
  now: Patient['registration'],
): Promise<ImportedStanding> {
  const replacedBy = parseNhsNumber(identity?.replacedBy ?? '')
  const other = replacedBy.ok ? await patientByNhsNumber(tx, replacedBy.value) : undefined
  return {
    now,
    isSensitive: identity?.isSensitive ?? false,
    ...(known && { before: known.registration }),
    ...(other && { mergedInto: other.patientId }),
  }
}

function recordOf(part: PatientPart, settings: PartSettings): IncomingRecord {
  const { source, isWhole } = settings
  return {
    source,
    isWhole,
    entries: part.entries,
    sections: part.sections,
  }
}

/** The code of a fault that lies in the data, such as a value out of range. */
function dataFault(fault: unknown): string | undefined {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  return /^(22|23|54)/.test(code) ? code : undefined
}

/** Which entry the database refuses by itself, by halving; each try is rolled back. */
async function findCulprit(
  db: Database,
  proof: SystemProof,
  part: PatientPart,
  nhsNumber: NhsNumber,
  settings: PartSettings,
): Promise<string | undefined> {
  const fails = async (entries: PatientPart['entries']): Promise<boolean> => {
    const some = { ...part, entries, quarantined: [] }
    try {
      await db.transaction(proof, async (tx) => {
        await storeWhole(tx, some, nhsNumber, { ...settings, isForced: true })
        throw new Refused('only tried')
      })
      return false
    } catch (fault) {
      if (fault instanceof Refused) return false
      if (dataFault(fault)) return true
      throw fault
    }
  }
  let suspects = part.entries
  while (suspects.length > 1) {
    const half = suspects.slice(0, Math.ceil(suspects.length / 2))
    const other = suspects.slice(half.length)
    if (await fails(half)) suspects = half
    else if (await fails(other)) suspects = other
    else return undefined
  }
  return suspects[0]?.sourceKey
}
