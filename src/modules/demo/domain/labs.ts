import { coded } from './book.ts'
import { afterEight, type Day } from './days.ts'
import type { DemoMarker, DemoValue } from './entry.ts'
import type { LabTest, Panel } from './lab-test.ts'
import { panels, type PanelName } from './lab-tests.ts'
import { onsetsOf, visitDay, type Making } from './making.ts'
import { trendsOf, type Trends } from './trends.ts'
import { workingDayFrom } from './working-days.ts'

const order = Object.keys(panels) as readonly PanelName[]

/** Years of tests: what each condition asks for, and now and then what a tiredness asks for. */
export function writeLabs(making: Making): Trends {
  const { random, person, today, having, depth } = making
  const trends = trendsOf(random, person.patient.sex, person.age, today, onsetsOf(having))
  const days = new Map<Day, Set<PanelName>>()
  const ask = (day: Day | undefined, names: readonly PanelName[]) => {
    if (day === undefined || names.length === 0) return
    days.set(day, new Set([...(days.get(day) ?? []), ...names]))
  }

  const monitored = having.filter((one) => one.condition.panels.length > 0)
  const first = Math.max(
    today - depth.labYears * 365,
    Math.min(...monitored.map((one) => one.since)),
  )
  const step = 365 / depth.labsPerYear
  if (monitored.length > 0) {
    for (let day = today - random.int(4, step); day >= first; day -= step + random.int(-25, 25)) {
      const due = monitored.filter((one) => one.since <= day + 10)
      ask(
        visitDay(making, day),
        due.flatMap((one) => one.condition.panels),
      )
    }
  }
  for (const names of askedOnce(making)) ask(visitDay(making, today - random.int(20, 1400)), names)

  for (const [day, names] of [...days].toSorted(([a], [b]) => a - b)) {
    const wanted = order.filter((name) => names.has(name))
    writeReport(
      making,
      trends,
      day,
      wanted.map((name) => panels[name]),
    )
  }
  return trends
}

function askedOnce({ random, person, depth }: Making): readonly (readonly PanelName[])[] {
  if (person.age < 16) return random.chance(0.12) ? [['blood-count']] : []
  const times = random.chance(person.age > 40 ? 0.62 : 0.4) ? (depth.labYears > 8 ? 6 : 1) : 0
  return Array.from({ length: times }, () =>
    random.pick<readonly PanelName[]>([
      ['blood-count', 'thyroid', 'iron'],
      ['blood-count', 'renal', 'liver', 'hba1c'],
      ['blood-count', 'inflammation'],
      ['lipids', 'hba1c', 'liver'],
      ['bone', 'blood-count', 'renal'],
    ]),
  )
}

/** One blood or urine sample and what came of it, filed on the next working day. */
function writeReport(making: Making, trends: Trends, day: Day, wanted: readonly Panel[]): void {
  const { book, random } = making
  const reported = workingDayFrom(day + 1)
  if (reported >= making.today) return
  const filed = workingDayFrom(reported + (random.chance(0.25) ? 1 : 0))
  if (filed >= making.today) return
  const when = {
    clinicalAt: afterEight(day, random.int(10, 200)),
    clinicalPrecision: 'minute' as const,
    recordedAt: afterEight(reported, random.int(120, 400)),
    filedAt: afterEight(filed, random.int(410, 600)),
    organisation: 'Pathology, North Vale Hospital',
  }
  const report =
    wanted.length > 1
      ? book.add({
          kind: 'report',
          title: 'Blood chemistry',
          ...when,
          detail: { status: 'final', specimen: 'Venous blood' },
        })
      : undefined
  wanted.forEach((panel, position) => {
    writePanel(
      making,
      panel,
      when,
      trends,
      day,
      report === undefined ? {} : { parentKey: report, position },
    )
  })
}

type Reported = Pick<
  Parameters<Making['book']['add']>[0],
  'clinicalAt' | 'clinicalPrecision' | 'recordedAt' | 'filedAt' | 'organisation'
>

const filings = [
  'Normal, no action',
  'Satisfactory',
  'Stable, no change',
  'As expected, rpt as planned',
  'Discussed at review',
  'Tel pt, aware of result',
  'Pt informed by text, no action',
]

function writePanel(
  making: Making,
  panel: Panel,
  when: Reported,
  trends: Trends,
  day: Day,
  place: { readonly parentKey?: string; readonly position?: number },
): void {
  const { book, random, person } = making
  const [only] = panel.tests
  if (panel.tests.length === 1 && only) {
    book.add({
      kind: 'result',
      ...testEntry(only, person.patient.sex, trends.figure(only, day), panel.specimen),
      ...when,
      ...place,
    })
    return
  }
  const comment = random.chance(0.1)
    ? { text: random.pick(filings), author: making.person.patient.usualClinician }
    : {}
  const group = book.add({
    kind: 'result-group',
    title: panel.title,
    ...coded(panel.title, panel.code),
    ...when,
    ...place,
    ...comment,
    detail: { status: 'final', specimen: panel.specimen },
  })
  panel.tests.forEach((test, position) => {
    const figure = trends.figure(test, day)
    book.add({
      kind: 'result',
      ...testEntry(test, person.patient.sex, figure, panel.specimen),
      ...when,
      parentKey: group,
      position,
    })
  })
}

/** A test's name, figure, unit and range, with the laboratory's flag where it is outside. */
export function testEntry(
  test: LabTest,
  sex: 'female' | 'male',
  figure: number,
  specimen: string,
  markers?: readonly DemoMarker[],
) {
  const range = (sex === 'female' ? test.female : undefined) ?? test
  const capped = test.id === 'egfr' && figure > 90
  const value: DemoValue = {
    number: capped ? 90 : figure,
    ...(capped && { comparator: '>' as const }),
    unit: test.unit,
    ...(range.low !== undefined && { low: range.low }),
    ...(range.high !== undefined && { high: range.high }),
  }
  const flag =
    range.high !== undefined && figure > range.high
      ? { interpretation: 'Above high reference limit' }
      : range.low !== undefined && figure < range.low
        ? { interpretation: 'Below low reference limit' }
        : {}
  return {
    title: test.title,
    ...coded(test.title, test.code),
    value,
    detail: { status: markers ? 'preliminary' : 'final', specimen, ...flag },
    ...(markers && { markers }),
  }
}
