import { newId } from '#kernel/id'
import { nhsNumberCheckDigit, parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { openAccess, setPracticeServices } from '#modules/access'
import { beginSignIn, createAccountsInBulk, type AccountId } from '#modules/accounts'
import { addPatients, savePractice, type Patient, type PatientId } from '#modules/directory'

/** Someone who is signed in, ready to be a client. */
export interface SignedIn {
  readonly patientId: PatientId
  readonly accountId: AccountId
  readonly cookie: string
}

/** A code that a benchmark writes literally. Throws if it is none. */
export function odsCode(code: string): OdsCode {
  const parsed = parseOdsCode(code)
  if (!parsed.ok) throw new Error(`${code} is not an ODS code`)
  return parsed.value
}

/**
 * Makes a practice with everything switched on and `count` patients, each signed in. No two practices
 * of a benchmark may share NHS numbers: `after` says how many others have taken already.
 */
export async function signedInPatients(
  db: Database,
  practice: OdsCode,
  count: number,
  after = 0,
): Promise<readonly SignedIn[]> {
  const proof = systemProof(practice)
  const patients = Array.from({ length: count }, (_, index) => aPatient(db.now(), after + index))
  await db.transaction(proof, async (tx) => {
    await savePractice(tx, {
      practice,
      name: 'Benchmark Surgery',
      addressLines: [],
      openingHours: '',
      isDemo: true,
    })
    await setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' })
    await addPatients(tx, patients)
  })
  const accountIds = await createAccountsInBulk(
    db,
    'not used: sign-ins are begun directly',
    patients.map(({ patientId, nhsNumber }) => ({
      face: 'patient',
      email: `${nhsNumber}@example.org`,
      displayName: 'Benchmark',
      isDemo: false,
      links: [{ practice, subjectId: patientId, relation: 'self' }],
    })),
  )
  const people = patients.flatMap(({ patientId }, index) => {
    const accountId = accountIds[index]
    return accountId === undefined ? [] : [{ patientId, accountId }]
  })
  await db.transaction(proof, (tx) =>
    openAccess(
      tx,
      ...people.map(({ patientId, accountId }) => ({
        patientId,
        accountId,
        relation: 'self' as const,
        appointments: 'manage' as const,
        prescriptions: 'manage' as const,
        recordCurrent: 'full' as const,
        recordHistorical: 'full' as const,
        effectiveFrom: db.now(),
      })),
    ),
  )
  const signedIn: SignedIn[] = []
  for (const { patientId, accountId } of people) {
    const link = { practice, subjectId: patientId, relation: 'self' as const }
    const token = await beginSignIn(db, accountId, 'patient', link)
    signedIn.push({ patientId, accountId, cookie: `patient-sign-in=${accountId}.${token}` })
  }
  return signedIn
}

function aPatient(now: Date, index: number): Patient {
  return {
    patientId: newId<'Patient'>(now),
    nhsNumber: testNhsNumber(index),
    givenName: 'Bench',
    familyName: `Mark${index}`,
    bornOn: bornOn('1980-05-17'),
    sex: 'female',
    addressLines: [],
    mobile: '07700 900123',
    registration: 'active',
  }
}

function bornOn(text: string): LocalDate {
  const day = parseLocalDate(text)
  if (day === undefined) throw new Error(`${text} is not a day`)
  return day
}

/** The `index`th valid number of the 999 test range; those without a check digit are passed over. */
function testNhsNumber(index: number): NhsNumber {
  const nine = `999${String(Math.floor((index * 12) / 10)).padStart(6, '0')}`
  const digit = nhsNumberCheckDigit(nine)
  if (digit === undefined) return testNhsNumber(index + 400_000)
  const parsed = parseNhsNumber(`${nine}${digit}`)
  if (!parsed.ok) throw new Error('A made NHS number is wrong')
  return parsed.value
}
