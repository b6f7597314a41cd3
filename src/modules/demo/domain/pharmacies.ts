import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import type { Id } from '#kernel/id'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { landline, postcode } from './place.ts'
import type { DemoPractice, DemoStaff } from './practice.ts'
import { randomFrom, required } from './random.ts'

/** A made-up pharmacy. Its code is shaped like those of real ones, and begins FZ. */
export interface DemoPharmacy {
  readonly odsCode: OdsCode
  readonly name: string
  readonly addressLines: readonly string[]
  readonly postcode: string
  readonly phone: string
  readonly kind: 'community' | 'distance-selling'
  readonly closedOn?: LocalDate
}

/** What the prescription service would know a made-up prescriber by. No such numbers are anybody's. */
export interface DemoPrescriber {
  readonly staffId: Id<'Staff'>
  readonly sdsUserId: string
  readonly roleProfileId: string
  readonly roleCode: string
  readonly roleName: string
  readonly register: 'gmc' | 'gphc'
  readonly registration: string
  readonly title?: string
  readonly givenName: string
  readonly familyName: string
}

const shops = [
  { name: 'Market Place Pharmacy', street: '2 Market Place', kind: 'community' },
  { name: 'Well & Good Chemist', street: '31 Mill Street', kind: 'community' },
  { name: 'The Health Centre Pharmacy', street: '1 Orchard Way', kind: 'community' },
  { name: 'Canalside Pharmacy', street: '88 Bridge Road', kind: 'community' },
  { name: 'Doorstep Medicines Online', street: 'Unit 7, Station Yard', kind: 'distance-selling' },
  { name: 'Old Priory Pharmacy', street: '5 Priory Lane', kind: 'community' },
] as const

const closed = parseLocalDate('2025-09-30')

/** The pharmacies near a practice: four to choose from, one online only, and one that has closed. */
export function pharmaciesOf(seed: number, practice: DemoPractice): readonly DemoPharmacy[] {
  const random = randomFrom(seed, 'pharmacies', practice.index)
  return shops.map(({ name, street, kind }, place) => {
    const number = practice.index * shops.length + place
    const code = parseOdsCode(`FZ${number.toString(36).padStart(3, '0')}`)
    const isClosed = place === shops.length - 1
    return {
      odsCode: required(code.ok ? code.value : undefined),
      name: place === 0 ? name : `${name}, ${practice.town}`,
      addressLines: [street, practice.town],
      postcode: postcode(random, practice.index),
      phone: landline(random),
      kind,
      ...(isClosed && closed !== undefined && { closedOn: closed }),
    }
  })
}

/** The pharmacy that a patient has chosen, for about three in four; none of those that closed. */
export function pharmacyOfPatient(
  seed: number,
  practice: DemoPractice,
  personIndex: number,
  pharmacies: readonly DemoPharmacy[],
): DemoPharmacy | undefined {
  const random = randomFrom(seed, 'nomination', practice.index, personIndex)
  const open = pharmacies.filter(({ closedOn }) => closedOn === undefined)
  return personIndex === 0 || random.chance(0.74) ? random.pick(open) : undefined
}

/** Those of the staff who prescribe, with their numbers. */
export function prescribersOf(
  seed: number,
  { index, staff }: DemoPractice,
): readonly DemoPrescriber[] {
  return staff
    .filter(({ roles }) => roles.includes('prescriber'))
    .map((one, place) => prescriberOf(seed, index, one, place))
}

function prescriberOf(
  seed: number,
  practiceIndex: number,
  { staffId, name, jobTitle }: DemoStaff,
  place: number,
): DemoPrescriber {
  const random = randomFrom(seed, 'prescriber', practiceIndex, place)
  const digits = (count: number) =>
    Array.from({ length: count }, () => String(random.int(0, 9))).join('')
  const isDoctor = name.startsWith('Dr ')
  const [givenName = '', ...family] = name.replace(/^Dr /, '').split(' ')
  return {
    staffId,
    sdsUserId: `9999${digits(8)}`,
    roleProfileId: `9999${digits(8)}`,
    roleCode: isDoctor ? 'R0260' : 'R1290',
    roleName: isDoctor ? 'General Medical Practitioner' : 'Pharmacist',
    register: jobTitle === 'Clinical pharmacist' ? 'gphc' : 'gmc',
    registration: `9${digits(6)}`,
    ...(isDoctor && { title: 'Dr' }),
    givenName,
    familyName: family.join(' ') || givenName,
  }
}
