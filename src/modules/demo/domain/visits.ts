import { atMinute, coded, type Book } from './book.ts'
import type { Day } from './days.ts'
import type { DemoEntry, DemoMarker } from './entry.ts'
import type { Making } from './making.ts'
import { required } from './random.ts'

/** A consultation that is being written: its own key, and what may be written in it. */
export interface Visit {
  readonly key: string
  readonly day: Day
  /** Opens a heading in the visit's topic. */
  readonly heading: (title: string) => Heading
}

/** One heading of a visit. */
export interface Heading {
  /** Adds free text, and gives its key. */
  readonly note: (text: string, markers?: readonly DemoMarker[]) => string
  readonly measure: (title: string, code: string | undefined, value: number, unit: string) => void
  readonly observe: (
    title: string,
    code: string | undefined,
    text?: string,
    markers?: readonly DemoMarker[],
  ) => string
  readonly bloodPressure: (systolic: number, diastolic: number) => void
}

/** What a visit is called, who wrote it, and what it was about. */
export interface VisitPlan {
  readonly day: Day
  readonly type: string
  readonly author: string
  readonly topic: string
  readonly topicCode?: string
  readonly markers?: readonly DemoMarker[]
}

/** What everything in a visit carries: when, in which visit, by whom, and the visit's own marks. */
type Common = ReturnType<typeof atMinute> & {
  readonly encounterKey: string
  readonly author: string
  readonly markers?: readonly DemoMarker[]
}

/** Opens a consultation at some minute of the day, with one topic. */
export function openVisit(making: Making, plan: VisitPlan): Visit {
  const { book, random, practice } = making
  const when = atMinute(plan.day, random.int(2, 56) * 10 + random.int(0, 9))
  const marked = plan.markers && plan.markers.length > 0 ? { markers: plan.markers } : {}
  const key = book.add({
    kind: 'consultation',
    title: plan.type,
    ...when,
    author: plan.author,
    organisation: practice.name,
    detail: { type: plan.type, location: practice.name },
    ...marked,
  })
  const common: Common = { ...when, encounterKey: key, author: plan.author, ...marked }
  const topic = book.add({
    kind: 'topic',
    title: plan.topic,
    ...coded(plan.topic, plan.topicCode),
    ...common,
    parentKey: key,
    position: 0,
  })

  let headings = 0
  const heading = (title: string): Heading => {
    const place = { parentKey: topic, position: headings++ }
    return headingIn(book, common, book.add({ kind: 'heading', title, ...common, ...place }))
  }
  return { key, day: plan.day, heading }
}

function headingIn(book: Book, common: Common, parentKey: string): Heading {
  let position = 0
  const add = (
    entry: Pick<DemoEntry, 'kind' | 'title' | 'text' | 'value' | 'codings' | 'markers'>,
  ) => book.add({ ...common, parentKey, position: position++, ...entry })
  const marking = (own: readonly DemoMarker[] = []) => (own.length > 0 ? { markers: own } : {})
  return {
    note: (text, own) => {
      const title = 'Comment note'
      return add({ kind: 'note', title, ...coded(title, '37331000000100'), text, ...marking(own) })
    },
    measure: (title, code, number, unit) => {
      add({ kind: 'measurement', title, ...coded(title, code), value: { number, unit } })
    },
    observe: (title, code, text, own) => {
      const said = text === undefined ? {} : { text }
      return add({ kind: 'observation', title, ...coded(title, code), ...said, ...marking(own) })
    },
    bloodPressure: (systolic, diastolic) => {
      const title = 'O/E - blood pressure reading'
      const pair = add({ kind: 'measurement', title, ...coded(title, '163020007') })
      writeFigures(book, common, pair, [systolic, diastolic])
    },
  }
}

const pressures = [
  ['Systolic arterial pressure', '72313002'],
  ['Diastolic arterial pressure', '1091811000000102'],
] as const

function writeFigures(
  book: Book,
  common: Common,
  parentKey: string,
  figures: readonly [systolic: number, diastolic: number],
): void {
  pressures.forEach(([title, code], position) => {
    const value = { number: required(figures[position]), unit: 'mmHg' }
    book.add({
      kind: 'measurement',
      title,
      ...coded(title, code),
      ...common,
      parentKey,
      position,
      value,
    })
  })
}
