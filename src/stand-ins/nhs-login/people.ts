import { parseId } from '#kernel/id'
import { systemProof, type Database } from '#platform/db'
import type { DemoPerson } from '#modules/demo'
import { formatName, patientById } from '#modules/directory'
import type { StandInPerson } from './person.ts'

/** Made-up patients as NHS login would know them, from what their practices have. */
export async function nhsLoginPeople(
  db: Database,
  people: readonly DemoPerson[],
): Promise<readonly StandInPerson[]> {
  const found: StandInPerson[] = []
  for (const person of people.filter(({ face }) => face === 'patient')) {
    const patientId = parseId<'Patient'>(person.subjectId)
    const patient =
      patientId &&
      (await db.transaction(systemProof(person.practice), (tx) => patientById(tx, patientId)))
    if (!patient) continue
    found.push({
      name: formatName(patient),
      givenName: patient.givenName,
      familyName: patient.familyName,
      email: person.email,
      phone: patient.mobile ?? '07700 900000',
      nhsNumber: patient.nhsNumber,
      bornOn: patient.bornOn,
      practice: person.practice,
    })
  }
  return found
}
