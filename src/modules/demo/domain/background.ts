import { coded, onDay } from './book.ts'
import type { Day } from './days.ts'
import { visitDay, type Making } from './making.ts'

const allergies: readonly {
  readonly title: string
  readonly code: string
  readonly category: string
  readonly reactions: readonly string[]
  readonly weight: number
}[] = [
  {
    title: 'Penicillin adverse reaction',
    code: '292954005',
    category: 'medication',
    reactions: ['Rash', 'Urticaria', 'Swelling of face'],
    weight: 40,
  },
  {
    title: 'Trimethoprim adverse reaction',
    code: '292939004',
    category: 'medication',
    reactions: ['Rash', 'Nausea'],
    weight: 8,
  },
  {
    title: 'Allergy to erythromycin',
    code: '91931000',
    category: 'medication',
    reactions: ['Vomiting', 'Abdominal pain'],
    weight: 8,
  },
  {
    title: 'Allergy to aspirin',
    code: '293586001',
    category: 'medication',
    reactions: ['Wheeze', 'Indigestion'],
    weight: 7,
  },
  {
    title: 'Adverse reaction to simvastatin',
    code: '293433001',
    category: 'medication',
    reactions: ['Muscle ache'],
    weight: 6,
  },
  {
    title: 'Allergy to latex',
    code: '300916003',
    category: 'environment',
    reactions: ['Dermatitis', 'Itching'],
    weight: 5,
  },
  {
    title: 'Allergy to peanuts',
    code: '91935009',
    category: 'food',
    reactions: ['Anaphylaxis', 'Swelling of lips'],
    weight: 6,
  },
  {
    title: 'Allergy to eggs',
    code: '91930004',
    category: 'food',
    reactions: ['Urticaria', 'Vomiting'],
    weight: 3,
  },
]

/** Allergies, or that none is known; smoking, drinking, height and weight; what runs in the family. */
export function writeBackground(making: Making): void {
  writeAllergies(making)
  if (making.person.age >= 16) {
    writeSmoking(making)
    writeAlcohol(making)
  }
  writeSize(making)
  writeFamilyHistory(making)
  writeReviewFlag(making)
}

function lifeDay({ random, person, today }: Making, back: number): Day {
  const span = Math.min(back * 365, today - person.born - 40)
  return today - random.int(30, Math.max(40, span))
}

function writeAllergies(making: Making): void {
  const { random, book } = making
  const chance = making.person.age < 16 ? 0.08 : 0.23
  if (!random.chance(chance)) {
    const day = visitDay(making, lifeDay(making, 15))
    if (day !== undefined && random.chance(0.6)) {
      book.add({
        kind: 'observation',
        title: 'No known allergies',
        ...coded('No known allergies', '716186003'),
        ...onDay(day),
      })
    }
    return
  }
  const count = random.chance(0.2) ? 2 : 1
  const written = new Set<string>()
  for (let number = 0; number < count; number++) {
    const one = random.weighted(allergies.map((allergy) => [allergy.weight, allergy] as const))
    const day = visitDay(making, lifeDay(making, 25))
    if (day === undefined || written.has(one.code)) continue
    written.add(one.code)
    book.add({
      kind: 'allergy',
      title: one.title,
      ...coded(one.title, one.code),
      ...onDay(day),
      detail: {
        status: 'active',
        category: one.category,
        severity: random.pick(['mild', 'moderate', 'moderate', 'severe']),
        reactions: [random.pick(one.reactions)],
      },
    })
  }
}

function writeSmoking(making: Making): void {
  const { random, book, person, depth } = making
  const [title, code] = random.weighted([
    [person.age > 50 ? 52 : 68, ['Never smoked tobacco', '266919005']],
    [person.age > 50 ? 34 : 17, ['Ex-smoker', '8517006']],
    [14, ['Smoker', '77176002']],
  ] as const)
  const times = depth.labYears > 8 ? 8 : person.age > 45 ? 2 : 1
  for (let back = times; back > 0; back--) {
    const day = visitDay(making, making.today - back * 420 + random.int(0, 300))
    if (day === undefined) continue
    book.add({ kind: 'observation', title, ...coded(title, code), ...onDay(day) })
  }
}

function writeAlcohol(making: Making): void {
  const { random, book } = making
  if (!random.chance(0.6)) return
  const day = visitDay(making, lifeDay(making, 4))
  if (day === undefined) return
  const title = 'Alcohol units consumed per week'
  const units = random.weighted([
    [25, 0],
    [35, random.int(1, 7)],
    [30, random.int(8, 14)],
    [10, random.int(15, 30)],
  ] as const)
  book.add({
    kind: 'observation',
    title,
    ...coded(title, '1082641000000106'),
    ...onDay(day),
    value: { number: units, unit: 'units' },
  })
}

function writeSize(making: Making): void {
  const { random, book, person } = making
  if (person.age < 2 || !random.chance(0.75)) return
  const day = visitDay(making, lifeDay(making, 5))
  if (day === undefined) return
  const { height, weight } = sizeOn(making, day)
  const add = (title: string, code: string, number: number, unit: string) =>
    book.add({
      kind: 'measurement',
      title,
      ...coded(title, code),
      ...onDay(day),
      value: { number, unit },
    })
  add('Standing height', '248333004', height, 'cm')
  add('Body weight', '27113001', weight, 'kg')
  if (person.age >= 18) add('Body mass index', '60621009', bodyMass(height, weight), 'kg/m2')
}

/** Weight for height, to one decimal. */
export function bodyMass(height: number, weight: number): number {
  return Number((weight / (height / 100) ** 2).toFixed(1))
}

/** Height and weight of somebody on a day: their own build, which changes slowly. */
export function sizeOn(
  { random, person, having }: Making,
  day: Day,
): { readonly height: number; readonly weight: number } {
  const age = (day - person.born) / 365.25
  const male = person.patient.sex === 'male'
  const fraction = ((person.index * 37 + person.born) % 100) / 100
  const grown = (male ? 167 : 154) + fraction * 18
  const share = age >= 17 ? 1 : 0.29 + 0.71 * (age / 17) ** 0.8
  const height = Math.round(grown * share)
  const heavy = having.some((one) => one.condition.id === 'diabetes') ? 4 : 0
  const mass =
    age < 17
      ? 15.5 + (age / 17) * 5
      : 21.5 + ((person.index * 53) % 90) / 10 + heavy + Math.min(3, age / 25)
  const weight = mass * (height / 100) ** 2 + random.normal(0, 0.8)
  return { height, weight: Number(Math.max(3, weight).toFixed(1)) }
}

const family: readonly (readonly [title: string, code: string | undefined])[] = [
  ['FH: Cardiovascular disease', '266894000'],
  ['FH: Diabetes mellitus', undefined],
  ['FH: Hypertension', undefined],
  ['FH: Asthma', undefined],
]

function writeFamilyHistory(making: Making): void {
  const { random, book, person } = making
  if (person.age < 25 || !random.chance(0.25)) return
  const day = visitDay(making, lifeDay(making, 12))
  if (day === undefined) return
  const [title, code] = random.pick(family)
  book.add({ kind: 'family-history', title, ...coded(title, code), ...onDay(day) })
}

/** Once in a while the record asks that nothing is opened online before somebody has looked. */
function writeReviewFlag(making: Making): void {
  const { random, book, person } = making
  const day = visitDay(making, lifeDay(making, 3))
  if (person.cast || day === undefined || !random.chance(0.01)) return
  const title = 'Enhanced review indicated before granting access to own health record'
  book.add({ kind: 'observation', title, ...coded(title, '1364731000000104'), ...onDay(day) })
}
