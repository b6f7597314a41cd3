import type { Id } from '#kernel/id'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { familyName, givenName } from './names.ts'
import { originShares, type Origin } from './name-lists.ts'
import { landline, postcode, townOf } from './place.ts'
import { idFrom, randomFrom, required, type Random } from './random.ts'

/** What somebody at a made-up practice may do. */
export type DemoRole =
  | 'receptionist'
  | 'prescriber'
  | 'clinician'
  | 'practice-manager'
  | 'safeguarding-lead'
  | 'ig-lead'
  | 'records-clerk'

export interface DemoStaff {
  readonly staffId: Id<'Staff'>
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly DemoRole[]
  readonly seesPatients: boolean
}

export interface DemoRoom {
  readonly roomId: Id<'Room'>
  readonly name: string
}

/** A second place of a made-up practice. */
export interface DemoSite {
  readonly siteId: Id<'Site'>
  readonly name: string
  readonly addressLines: readonly string[]
  readonly postcode: string
}

/** A made-up practice with its staff and rooms. `index` is its number from 0. */
export interface DemoPractice {
  readonly index: number
  readonly code: OdsCode
  readonly name: string
  readonly town: string
  readonly addressLines: readonly string[]
  readonly postcode: string
  readonly phone: string
  readonly openingHours: string
  readonly staff: readonly DemoStaff[]
  readonly rooms: readonly DemoRoom[]
  /** The first practice has one; the others see everybody at one place. */
  readonly sites: readonly DemoSite[]
}

interface Post {
  readonly title: string
  readonly roles: readonly DemoRole[]
  readonly sees: boolean
  readonly doctor?: true
}

const prescriber = ['clinician', 'prescriber'] as const
const posts: readonly Post[] = [
  { title: 'GP partner', roles: [...prescriber, 'safeguarding-lead'], sees: true, doctor: true },
  { title: 'GP partner', roles: prescriber, sees: true, doctor: true },
  { title: 'Salaried GP', roles: prescriber, sees: true, doctor: true },
  { title: 'Practice nurse', roles: ['clinician'], sees: true },
  { title: 'Healthcare assistant', roles: ['clinician'], sees: true },
  { title: 'Clinical pharmacist', roles: prescriber, sees: true },
  { title: 'Practice manager', roles: ['practice-manager'], sees: false },
  { title: 'Receptionist', roles: ['receptionist'], sees: false },
  { title: 'Receptionist', roles: ['receptionist'], sees: false },
  { title: 'Records clerk', roles: ['records-clerk'], sees: false },
  { title: 'Information governance lead', roles: ['ig-lead'], sees: false },
]

const surgeryNames = [
  'Willowbrook Surgery',
  'The Old Dairy Medical Practice',
  'Larkfield Health Centre',
]
const firstParts =
  'Abbey Brook Castle Dove Elm Forge Grange Harbour Ivy King Lime Mill Oak Priory River'.split(' ')
const lastParts = [
  'Surgery',
  'Medical Practice',
  'Health Centre',
  'Road Surgery',
  'Lane Surgery',
  'Family Practice',
]

/** The code of the practice with this number: A81001 first, the same for every seed. */
function codeOf(practiceIndex: number): OdsCode {
  const number = 81_001 + practiceIndex
  const letter = String.fromCodePoint(65 + (Math.floor(number / 100_000) % 26))
  const parsed = parseOdsCode(`${letter}${String(number % 100_000).padStart(5, '0')}`)
  if (!parsed.ok) throw new Error('A made-up practice code is not one')
  return parsed.value
}

/** Everything of a practice that does not depend on how many patients it has. */
export function practiceAt(seed: number, index: number): DemoPractice {
  const random = randomFrom(seed, 'practice', index)
  const town = townOf(seed, index)
  const name = surgeryNames[index] ?? `${random.pick(firstParts)} ${random.pick(lastParts)}`
  return {
    index,
    code: codeOf(index),
    name,
    town,
    addressLines: [`${random.int(1, 90)} ${random.pick(firstParts)} Street`, town],
    postcode: postcode(random, index),
    phone: landline(random),
    openingHours: 'Monday to Friday, 8am to 6:30pm',
    staff: staffOf(seed, index, random),
    rooms: ['Room 1', 'Room 2', 'Room 3', 'Treatment room', 'Phone room'].map(
      (roomName, place) => ({
        roomId: idFrom<'Room'>(seed, 'room', index, place),
        name: roomName,
      }),
    ),
    sites: index === 0 ? [branchOf(seed, index, town)] : [],
  }
}

function branchOf(seed: number, index: number, town: string): DemoSite {
  return {
    siteId: idFrom<'Site'>(seed, 'site', index, 0),
    name: 'Station Road branch',
    addressLines: ['14 Station Road', town],
    postcode: postcode(randomFrom(seed, 'site', index), index),
  }
}

function staffOf(seed: number, practiceIndex: number, random: Random): readonly DemoStaff[] {
  const taken = new Set<string>()
  return posts.map((post, place) => ({
    staffId: idFrom<'Staff'>(seed, 'staff', practiceIndex, place),
    name: staffName(practiceIndex, place, post, random, taken),
    jobTitle: post.title,
    roles: post.roles,
    seesPatients: post.sees,
  }))
}

/** Staff of the first practice have the same names for every seed, so that a guide can name them. */
const firstStaff = [
  'Dr Ngozi Okafor',
  'Dr Helen Ashworth',
  'Dr Imran Malik',
  'Siobhan Kelly',
  'Paige Turner',
  'Sunita Desai',
  'Graham Holt',
  'Tracy Barker',
  'Beata Sikora',
  'Fiona Reid',
  'Daniel Mensah',
]

function staffName(
  practiceIndex: number,
  place: number,
  post: Post,
  random: Random,
  taken: Set<string>,
): string {
  if (practiceIndex === 0) return required(firstStaff[place])
  for (;;) {
    const origin: Origin = random.weighted(originShares)
    const sex = random.chance(post.doctor ? 0.5 : 0.8) ? 'female' : 'male'
    const name = `${givenName(random, origin, sex, random.int(1968, 1995))} ${familyName(random, origin)}`
    if (taken.has(name)) continue
    taken.add(name)
    return post.doctor ? `Dr ${name}` : name
  }
}
