import { coded, onDay } from './book.ts'
import { dayAt, yearOf, type Day } from './days.ts'
import { has, visitDay, type Making } from './making.ts'

interface Scheduled {
  readonly title: string
  readonly code?: string
  readonly dose: number
  /** Age in days at which it is due, and the year since which it is given. */
  readonly due: number
  readonly since: number
  readonly only?: 'female'
  readonly site: string
}

const thigh = 'Left thigh'
const arm = 'Left upper arm'
const year = 365.25
const month = year / 12

/** The childhood schedule in England, as far as records of it go back. Source: UKHSA, complete routine schedule. */
const childhood: readonly Scheduled[] = [
  {
    title: 'First 6 in 1 (DTaP/IPV/Hib/HepB) vaccination',
    dose: 1,
    due: 56,
    since: 2017,
    site: thigh,
  },
  { title: 'First DTaP/IPV/Hib vaccination', dose: 1, due: 56, since: 2004, site: thigh },
  { title: 'First meningococcal group B vaccination', dose: 1, due: 56, since: 2015, site: thigh },
  { title: 'First rotavirus vaccination', dose: 1, due: 56, since: 2013, site: 'Mouth' },
  {
    title: 'Second 6 in 1 (DTaP/IPV/Hib/HepB) vaccination',
    dose: 2,
    due: 84,
    since: 2017,
    site: thigh,
  },
  { title: 'Second DTaP/IPV/Hib vaccination', dose: 2, due: 84, since: 2004, site: thigh },
  { title: 'First pneumococcal conjugate vaccination', dose: 1, due: 84, since: 2006, site: thigh },
  { title: 'Second rotavirus vaccination', dose: 2, due: 84, since: 2013, site: 'Mouth' },
  {
    title: 'Third 6 in 1 (DTaP/IPV/Hib/HepB) vaccination',
    dose: 3,
    due: 112,
    since: 2017,
    site: thigh,
  },
  { title: 'Third DTaP/IPV/Hib vaccination', dose: 3, due: 112, since: 2004, site: thigh },
  {
    title: 'Second meningococcal group B vaccination',
    dose: 2,
    due: 112,
    since: 2015,
    site: thigh,
  },
  {
    title: 'First measles mumps and rubella vaccination',
    code: '308081000000105',
    dose: 1,
    due: 372,
    since: 1988,
    site: thigh,
  },
  {
    title: 'Haemophilus influenzae type b and meningitis C booster',
    dose: 1,
    due: 372,
    since: 2006,
    site: thigh,
  },
  { title: 'Pneumococcal conjugate booster', dose: 2, due: 372, since: 2006, site: thigh },
  { title: 'Meningococcal group B booster', dose: 3, due: 372, since: 2015, site: thigh },
  {
    title: 'Second measles mumps and rubella vaccination',
    code: '170433008',
    dose: 2,
    due: 40 * month,
    since: 1996,
    site: arm,
  },
  {
    title: 'Preschool booster diphtheria tetanus pertussis polio',
    dose: 4,
    due: 40 * month,
    since: 1996,
    site: arm,
  },
  {
    title: 'Human papillomavirus vaccination',
    code: '761841000',
    dose: 1,
    due: 12.7 * year,
    since: 2008,
    only: 'female',
    site: arm,
  },
  {
    title: 'Meningitis ACWY vaccination',
    code: '871874000',
    dose: 1,
    due: 14.2 * year,
    since: 2015,
    site: arm,
  },
  {
    title: 'Tetanus diphtheria and polio booster',
    code: '414619005',
    dose: 5,
    due: 14.2 * year,
    since: 2004,
    site: arm,
  },
]

/** Vaccinations that were due in life so far and, mostly, given. */
export function writeVaccinations(making: Making): void {
  const { random, person, today } = making
  const uptake = random.weighted([
    [88, 0.98],
    [9, 0.7],
    [3, 0.05],
  ] as const)
  for (const one of childhood) {
    if (one.only && one.only !== person.patient.sex) continue
    const due = person.born + Math.floor(one.due + random.int(0, 24))
    if (due >= today || yearOf(due) < one.since || isReplaced(one, due)) continue
    if (random.chance(uptake)) write(making, { ...one, day: due })
  }
  writeFlu(making, uptake)
  writeCovid(making, uptake)
  if (person.age >= 66 && random.chance(0.72 * uptake)) {
    write(making, {
      title: 'Pneumococcal polysaccharide vaccination',
      code: '12866006',
      dose: 1,
      day: person.born + Math.floor(65.3 * year),
      site: arm,
    })
  }
  if (person.age >= 71 && person.born > dayAt(1942, 9, 1) && random.chance(0.62 * uptake)) {
    write(making, {
      title: 'Shingles vaccination',
      code: '722215002',
      dose: 1,
      day: person.born + Math.floor(70.3 * year),
      site: arm,
    })
  }
}

/** The six-in-one took the place of the five-in-one. */
function isReplaced(one: Scheduled, due: Day): boolean {
  return one.since === 2004 && one.dose <= 3 && yearOf(due) >= 2017
}

function writeFlu(making: Making, uptake: number): void {
  const { random, person, today, depth } = making
  const atRisk = ['asthma', 'diabetes', 'copd', 'heart', 'kidney', 'failure'].some((id) =>
    has(making, id),
  )
  const seasons = depth.labYears > 8 ? 12 : 5
  for (let back = seasons; back >= 0; back--) {
    const season = yearOf(today) - back
    const day = dayAt(season, 10, random.int(1, 31)) + random.int(0, 20)
    const ageThen = (day - person.born) / year
    const child = ageThen > 2 && ageThen < 11
    const due = ageThen >= 65 || (atRisk && ageThen > 1) || child
    if (!due || !random.chance(uptake * (child ? 0.5 : 0.78))) continue
    write(making, {
      title: 'Seasonal influenza vaccination',
      code: '822851000000102',
      dose: 1,
      day,
      site: child ? 'Nostril' : arm,
    })
  }
}

function writeCovid(making: Making, uptake: number): void {
  const { random, person } = making
  const ageIn2021 = (dayAt(2021, 6, 1) - person.born) / year
  if (ageIn2021 < 12 || !random.chance(uptake * 0.9)) return
  const first = dayAt(2021, 1, 8) + Math.floor(Math.max(0, 82 - ageIn2021) * 3) + random.int(0, 20)
  const sickle = (title: string, code: string, dose: number, day: Day) =>
    write(making, { title, code, dose, day, site: arm })
  sickle('First COVID-19 vaccination', '1324681000000101', 1, first)
  sickle('Second COVID-19 vaccination', '1324691000000104', 2, first + random.int(70, 84))
  if (random.chance(0.75))
    sickle('COVID-19 booster vaccination', '1362591000000103', 3, first + random.int(240, 300))
  if (ageIn2021 < 72) return
  for (const season of [2022, 2023, 2024, 2025]) {
    if (random.chance(0.7))
      sickle(
        'COVID-19 booster vaccination',
        '1362591000000103',
        1,
        dayAt(season, 10, random.int(3, 28)),
      )
  }
}

interface Given {
  readonly title: string
  readonly code?: string
  readonly dose: number
  readonly day: Day
  readonly site: string
}

function write(making: Making, given: Given): void {
  const { random, book, practice } = making
  if (given.day >= making.today) return
  const day = visitDay(making, given.day)
  if (day === undefined) return
  book.add({
    kind: 'immunisation',
    title: given.title,
    ...coded(given.title, given.code),
    ...onDay(day),
    author: random.pick(practice.staff.slice(3, 5)).name,
    detail: {
      vaccine: given.title,
      doseNumber: given.dose,
      batch: `${random.pick(['A', 'F', 'J', 'P', 'V'])}${random.int(10, 99)}${random.pick(['B', 'C', 'H', 'X'])}${random.int(100, 999)}`,
      site: given.site,
      given: true,
    },
  })
}
