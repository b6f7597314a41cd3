import { coded, onDay } from './book.ts'
import { dateOf, type Day } from './days.ts'
import type { DemoMedication } from './entry.ts'
import { visitDay, type Having, type Making } from './making.ts'
import { medicine, supplyOf, type Medicine, type MedicineName } from './medicines.ts'
import type { Random } from './random.ts'

/** Everything that is or was taken for long, each supply of it, and what was left off. */
export function writeMedicines(making: Making, problemKeys: ReadonlyMap<string, string>): void {
  const { random } = making
  const days = random.chance(0.45) ? 28 : 56
  const dispensed = making.having.length > 0 && random.chance(0.08)
  const taken = new Set<MedicineName>()
  for (const having of making.having) {
    const problem = problemKeys.get(having.condition.id)
    for (const name of chosen(random, having)) {
      if (taken.has(name)) continue
      taken.add(name)
      writeRepeat(making, { name, days, since: having.since, problem, dispensed })
    }
  }
  if (
    making.person.patient.sex === 'female' &&
    making.person.age >= 17 &&
    making.person.age < 48 &&
    random.chance(0.2)
  ) {
    const since = making.today - random.int(200, 1500)
    writeRepeat(making, {
      name: random.pick(['microgynon', 'desogestrel']),
      days: 84,
      since,
      dispensed: false,
    })
  }
  writeStopped(making, taken)
}

function chosen(random: Random, { condition }: Having): readonly MedicineName[] {
  return condition.medicines
    .map((row) => random.pick(row))
    .filter((name): name is MedicineName => name !== 'none')
}

interface Repeat {
  readonly name: MedicineName
  readonly days: number
  readonly since: Day
  readonly problem?: string | undefined
  readonly dispensed: boolean
}

/**
 * A repeat medicine: authorised for some issues until a review, supplied when it runs out, a few
 * days early or late. One in eight is past its review, one in twelve has no issue left.
 */
function writeRepeat(making: Making, repeat: Repeat): void {
  const { random, book, today, depth } = making
  const started = visitDay(making, repeat.since + random.int(0, 60))
  if (started === undefined || started > today - 3) return
  const one = medicine(repeat.name)
  const supply = supplyOf(one, repeat.days)
  const issues = issueDays(making, started, supply.days, Math.max(started, today - depth.issueDays))
  const last = issues.at(-1)
  if (last === undefined) return

  const fate = random.weighted([
    [79, 'in-date'],
    [13, 'review-past'],
    [8, 'used-up'],
  ] as const)
  const authorised = Math.max(
    started,
    fate === 'review-past' ? today - random.int(380, 470) : last - random.int(0, 300),
  )
  const made = issues.filter((day) => day >= authorised).length
  const allowed =
    fate === 'used-up' ? made : Math.max(made + random.int(1, 4), Math.round(365 / supply.days))
  const review = authorised + 365
  const detail: DemoMedication = {
    type: repeat.dispensed ? 'repeat-dispensing' : 'repeat',
    status: 'active',
    dose: one.dose,
    quantity: supply.quantity,
    durationDays: supply.days,
    issuesAllowed: allowed,
    issuesMade: made,
    startedOn: dateOf(started),
    lastIssuedOn: dateOf(last),
    reviewOn: dateOf(review),
    ...(repeat.dispensed && { authorisedUntil: dateOf(review) }),
  }
  const key = book.add({
    kind: 'medication',
    title: one.name,
    ...coded(one.name, one.code),
    ...onDay(started),
    detail,
    ...(repeat.problem !== undefined && { links: [{ relation: 'problem', key: repeat.problem }] }),
  })
  issues.forEach((day, position) => writeIssue(making, one, key, day, position, supply))
}

function writeIssue(
  making: Making,
  one: Medicine,
  parentKey: string,
  day: Day,
  position: number,
  supply: { readonly quantity: string; readonly days: number },
): void {
  making.book.add({
    kind: 'issue',
    title: one.name,
    ...coded(one.name, one.code),
    ...onDay(day),
    parentKey,
    position,
    detail: {
      issuedOn: dateOf(day),
      quantity: supply.quantity,
      durationDays: supply.days,
      dose: one.dose,
    },
  })
}

/**
 * Days of supply between `from` and yesterday, never much before the last one has run out. Whoever
 * is to try ordering has nearly used the last of everything.
 */
function issueDays(making: Making, started: Day, days: number, from: Day): readonly Day[] {
  const { random, today } = making
  const found: Day[] = []
  const asNeeded = days === 56 && random.chance(0.2) ? 1.8 : 1
  let next = from === started ? started : from + random.int(0, days - 1)
  const until = making.person.cast?.part === 'full' ? today - days + 4 : today
  while (next < until) {
    const day = visitDay(making, next)
    const before = found.at(-1)
    if (day !== undefined && day >= started && (before === undefined || day - before >= days - 7))
      found.push(day)
    next += Math.round(days * asNeeded) + random.int(-3, 4)
  }
  return found
}

const stops = [
  'Changed to an alternative',
  'Side effects',
  'No longer needed',
  'Course finished',
  'Dose changed',
]

function writeStopped(making: Making, taken: ReadonlySet<MedicineName>): void {
  const { random, book, having, today } = making
  for (const { condition, since } of having) {
    const left = condition.medicines
      .flat()
      .filter((name): name is MedicineName => name !== 'none' && !taken.has(name))
    if (left.length === 0 || !random.chance(0.22) || today - since < 400) continue
    const one = medicine(random.pick(left))
    const started = visitDay(making, since + random.int(0, 90))
    if (started === undefined) continue
    const stopped = Math.min(today - 30, started + random.int(28, 700))
    const supply = supplyOf(one, 28)
    book.add({
      kind: 'medication',
      title: one.name,
      ...coded(one.name, one.code),
      ...onDay(started),
      detail: {
        type: 'repeat',
        status: 'stopped',
        dose: one.dose,
        quantity: supply.quantity,
        durationDays: supply.days,
        startedOn: dateOf(started),
        lastIssuedOn: dateOf(Math.max(started, stopped - 20)),
        stoppedOn: dateOf(Math.max(started, stopped)),
        stopReason: random.pick(stops),
      },
    })
  }
}

/** A medicine given once, for something that passes. */
export function writeAcute(
  making: Making,
  name: MedicineName,
  day: Day,
  encounterKey: string,
): void {
  const one = medicine(name)
  const supply = supplyOf(one, 28)
  const key = making.book.add({
    kind: 'medication',
    title: one.name,
    ...coded(one.name, one.code),
    ...onDay(day),
    encounterKey,
    detail: {
      type: 'acute',
      status: 'completed',
      dose: one.dose,
      quantity: supply.quantity,
      durationDays: supply.days,
      issuesAllowed: 1,
      issuesMade: 1,
      startedOn: dateOf(day),
      lastIssuedOn: dateOf(day),
    },
  })
  writeIssue(making, one, key, day, 0, supply)
}
