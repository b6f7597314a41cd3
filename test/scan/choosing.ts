import type { Subject } from '#kernel/subjects'
import { recordAreas, setPatientAreas, setPracticeAreas, type RecordArea } from '#modules/access'
import type { Random } from '../../src/modules/demo/domain/random.ts'
import { chooseReading } from '../../src/modules/record/commands/reading/choose-reading.ts'
import { actingFor } from '../support/surgery.ts'
import { spokenSubjects, type SpokenSubject } from './given-record.ts'
import type { World } from './steps.ts'

/** The patient chooses what is told in person first, and what those who act for them do not see. */
export async function chooseSubjects(world: World): Promise<void> {
  const { db, practice, patientId, person, random, choices } = world
  const acting = actingFor<'record'>(practice, patientId, person.readers[0].accountId)
  const keptPrivate = someOf(random, allSubjects())
  const tellInPerson = someOf(random, allSubjects())
  await db.transaction(acting, (tx) =>
    chooseReading(tx, { keepPrivate: keptPrivate, tellInPerson }),
  )
  const now = db.now()
  const since = (subject: Subject) => choices.toldInPerson.get(subject) ?? now
  world.choices = {
    keptPrivate,
    toldInPerson: new Map(tellInPerson.map((subject) => [subject, since(subject)])),
  }
  world.told.push(`private ${keptPrivate.join('+')}, in person ${tellInPerson.join('+')}`)
}

/** The practice withholds parts of records, from everybody or from this patient. */
export async function withholdParts(world: World): Promise<void> {
  const { db, random, deciders, patientId } = world
  const staff = random.pick(deciders)
  if (random.chance(0.3)) {
    const withheld = someOf(random, recordAreas)
    await db.transaction(staff, (tx) => setPracticeAreas(tx, withheld))
    world.withheldForAll = new Set(withheld)
    world.told.push(`withheld for all ${withheld.join('+')}`)
    return
  }
  const own = new Map(
    someOf(random, recordAreas).map(
      (area) => [area, random.chance(0.7) ? 'withheld' : 'shown'] as const,
    ),
  )
  await db.transaction(staff, (tx) => setPatientAreas(tx, patientId, Object.fromEntries(own)))
  world.ownParts = own
  world.told.push(`own parts ${JSON.stringify([...own])}`)
}

/** Parts that this patient is not shown. */
export function withheldParts(world: World): ReadonlySet<RecordArea> {
  return new Set(
    recordAreas.filter(
      (area) =>
        (world.ownParts.get(area) ?? (world.withheldForAll.has(area) && 'withheld')) === 'withheld',
    ),
  )
}

function allSubjects(): readonly SpokenSubject[] {
  return Object.keys(spokenSubjects).filter((one): one is SpokenSubject => one in spokenSubjects)
}

function someOf<T>(random: Random, list: readonly T[]): readonly T[] {
  return list.filter(() => random.chance(0.3))
}
