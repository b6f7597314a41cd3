import { minutesAfter } from '#kernel/time'
import { systemProof } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { setPracticeAreas, setPracticeServices } from '#modules/access'
import { jobHandlers } from '../../src/app.ts'
import { randomFrom, type Random } from '../../src/modules/demo/domain/random.ts'
import { chooseSubjects, withholdParts } from './choosing.ts'
import { markOf } from './given-record.ts'
import { lookEverywhere, type Seen } from './looking.ts'
import type { Person, Reader } from './people.ts'
import type { Stage } from './stage.ts'
import { decideSomething, importAgain, releaseSome, turnSwitches, type World } from './steps.ts'

const stepsEach = 6
const handlers = new Map(jobHandlers.map((one) => [one.kind, one]))

/**
 * One random history of one patient's record: it comes in, is screened, decided about, recalled,
 * sent again and opened to this or that level, the patient chooses and the practice withholds, and
 * after each step all that the patient and somebody who acts for them are given is searched for
 * words that must not be there. The same seed is the same history.
 */
export async function runHistory(stage: Stage, seed: number): Promise<Seen> {
  const { database, log } = stage
  const { db } = database
  const person = stage.people.pop()
  if (!person) throw new Error('Nobody is left for another history')
  database.setNow(stage.begunAt)
  const world = aWorld(stage, person, seed)
  await beginAnew(stage, person)
  await importAgain(world)
  await releaseSome(world)
  const previews = new Map<string, string>()
  let found: Seen = { leaks: [], answersRead: 0, bytesRead: 0, marksSeen: 0 }
  for (let step = 0; step < stepsEach && found.leaks.length === 0; step++) {
    database.setNow(minutesAfter(db.now(), 7))
    await takeStep(world)
    while (await runDueJobs(db, handlers, log)) continue
    const isLast = step === stepsEach - 1
    found = sumOf(found, await lookEverywhere(stage, world, previews, { isLast }))
  }
  return {
    ...found,
    leaks: found.leaks.map((leak) => `seed ${seed}, ${world.told.join('; ')}: ${leak}`),
  }
}

function sumOf(one: Seen, other: Seen): Seen {
  return {
    leaks: [...one.leaks, ...other.leaks],
    answersRead: one.answersRead + other.answersRead,
    bytesRead: one.bytesRead + other.bytesRead,
    marksSeen: one.marksSeen + other.marksSeen,
  }
}

function aWorld(stage: Stage, person: Person, seed: number): World {
  const random: Random = randomFrom('scan', seed)
  let marks = 0
  const all = { isOpen: true, current: 'full', historical: 'full' } as const
  return {
    db: stage.database.db,
    admin: stage.admin,
    practice: stage.practice,
    person,
    patientId: person.patientId,
    deciders: stage.deciders,
    random,
    nextMark: () => markOf(seed * 1000 + ++marks),
    source: new Map(),
    marks: new Map(),
    takenOut: new Map(),
    readers: new Map(
      person.readers.map(({ accountId, name }) => [
        accountId,
        { ...all, name, effectiveFrom: new Date(0) },
      ]),
    ),
    practiceLevel: 'full',
    withheldForAll: new Set(),
    ownParts: new Map(),
    choices: { keptPrivate: [], toldInPerson: new Map() },
    told: [],
  }
}

/** What the history before turned off for everybody is on again. */
async function beginAnew({ database, practice, deciders, app }: Stage, person: Person) {
  const { db } = database
  await db.transaction(systemProof(practice), (tx) =>
    setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' }),
  )
  const [staff] = deciders
  if (staff) await db.transaction(staff, (tx) => setPracticeAreas(tx, []))
  for (const reader of person.readers) await takeFirstLook(app, reader)
}

async function takeFirstLook(app: Stage['app'], { cookie, csrf }: Reader): Promise<void> {
  await app.inject({
    method: 'POST',
    url: '/record/first-look',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: csrf }).toString(),
  })
}

async function takeStep(world: World): Promise<void> {
  const { random } = world
  const step = random.weighted([
    [6, decideSomething],
    [3, importAgain],
    [3, turnSwitches],
    [1, chooseSubjects],
    [1, withholdParts],
  ])
  if (step === importAgain) world.told.push('import')
  await step(world)
  if (step === decideSomething || step === importAgain) await releaseSome(world)
}
