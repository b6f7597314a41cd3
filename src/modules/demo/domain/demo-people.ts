import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { castMember, castSize, emailFor, type Part } from './cast.ts'
import { practiceAt, type DemoRole, type DemoStaff } from './practice.ts'
import { idFrom, required } from './random.ts'
import { smallDemo, type DemoSize } from './size.ts'

/** The password of every demo account. Not a secret: it opens nothing but made-up people. */
export const demoPassword = 'demo-only-passphrase'

type None = 'none'
type Level = None | 'summary' | 'detailed' | 'documents' | 'full'

/** What a patient's own sign-in may do. */
export interface DemoAccess {
  readonly appointments: None | 'manage'
  readonly prescriptions: None | 'manage'
  readonly recordCurrent: Level
  readonly recordHistorical: Level
}

/** Somebody to sign in as, all with `demoPassword`, and what is worth trying as them. */
export interface DemoPerson {
  readonly face: 'patient' | 'practice'
  readonly name: string
  readonly email: string
  readonly practice: OdsCode
  readonly practiceName: string
  /** The patient's or the member of staff's id. */
  readonly subjectId: string
  readonly tryThis: string
  readonly access?: DemoAccess
}

const fully: DemoAccess = {
  appointments: 'manage',
  prescriptions: 'manage',
  recordCurrent: 'full',
  recordHistorical: 'full',
}
const nothing: DemoAccess = {
  appointments: 'none',
  prescriptions: 'none',
  recordCurrent: 'none',
  recordHistorical: 'none',
}

const accessOf: Readonly<Record<Part, DemoAccess>> = {
  full: fully,
  'detailed-only': { ...fully, recordCurrent: 'detailed', recordHistorical: 'detailed' },
  'appointments-only': { ...nothing, appointments: 'manage' },
  'all-off': nothing,
  'young-adult': { ...fully, recordHistorical: 'summary' },
  'huge-record': fully,
  'empty-record': fully,
  'much-held': fully,
}

const staffTry: Readonly<Record<DemoRole, string>> = {
  receptionist: 'Receptionist: clinics, patients and orders',
  prescriber: 'Prescriber: decide orders and held entries',
  clinician: 'Clinician: clinics and records',
  'practice-manager': 'Practice manager: services and clinics',
  'safeguarding-lead': 'GP and safeguarding lead: held entries of every kind',
  'ig-lead': 'Information governance lead: what others said, law, and what patients ask',
  'records-clerk': 'Records clerk: held entries that are plainly harmless',
}
const accountPosts = [0, 1, 3, 6, 7, 9, 10] as const

/** Who can sign in once this much is made, practice by practice: patients, then staff. */
export function demoPeople({ seed, practices }: DemoSize = smallDemo): readonly DemoPerson[] {
  return Array.from({ length: practices }, (_, index) => peopleAt(seed, index)).flat()
}

/** Who can sign in at one practice. */
export function peopleAt(seed: number, index: number): readonly DemoPerson[] {
  const { code, name, staff } = practiceAt(seed, index)
  const at = { practice: code, practiceName: name }
  const patients = Array.from({ length: castSize }, (_, place): DemoPerson => {
    const cast = required(castMember(index, place))
    const patientId: Id<'Patient'> = idFrom<'Patient'>(seed, 'patient', index, place)
    return {
      ...at,
      face: 'patient',
      name: `${cast.given} ${cast.family}`,
      email: cast.email,
      subjectId: patientId,
      tryThis: cast.tryThis,
      access: accessOf[cast.part],
    }
  })
  const team = accountPosts.map((post): DemoPerson => {
    const one = required(staff[post])
    return {
      ...at,
      face: 'practice',
      name: one.name,
      email: staffEmail(one, index, code),
      subjectId: one.staffId,
      tryThis: staffTry[mainRole(one)],
    }
  })
  return [...patients, ...team]
}

function mainRole({ roles }: DemoStaff): DemoRole {
  return required(
    (['safeguarding-lead', 'prescriber'] as const).find((role) => roles.includes(role)) ?? roles[0],
  )
}

/** Staff of the first practice have short addresses; of the others, names may repeat. */
function staffEmail(one: DemoStaff, index: number, code: OdsCode): string {
  const short = emailFor(one.name, 0, 1)
  return index === 0 ? short : short.replace('@', `.${code.toLowerCase()}@`)
}
