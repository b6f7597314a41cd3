import { atMinute, coded } from './book.ts'
import type { Day } from './days.ts'
import type { DemoMarker } from './entry.ts'
import type { Making } from './making.ts'

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
  const within = { encounterKey: key, author: plan.author }
  const topic = book.add({
    kind: 'topic',
    title: plan.topic,
    ...coded(plan.topic, plan.topicCode),
    ...when,
    ...within,
    parentKey: key,
    position: 0,
    ...marked,
  })

  let headings = 0
  const heading = (title: string): Heading => {
    const parentKey = book.add({
      kind: 'heading',
      title,
      ...when,
      ...within,
      parentKey: topic,
      position: headings++,
      ...marked,
    })
    let position = 0
    const inside = () => ({ ...when, ...within, parentKey, position: position++ })
    const marking = (own?: readonly DemoMarker[]) =>
      own && own.length > 0 ? { markers: own } : marked
    return {
      note: (text, own) =>
        book.add({
          kind: 'note',
          title: 'Comment note',
          ...coded('Comment note', '37331000000100'),
          ...inside(),
          text,
          ...marking(own),
        }),
      measure: (name, code, value, unit) => {
        book.add({
          kind: 'measurement',
          title: name,
          ...coded(name, code),
          ...inside(),
          value: { number: value, unit },
          ...marked,
        })
      },
      observe: (name, code, text, own) =>
        book.add({
          kind: 'observation',
          title: name,
          ...coded(name, code),
          ...inside(),
          ...(text !== undefined && { text }),
          ...marking(own),
        }),
      bloodPressure: (systolic, diastolic) => {
        const pair = book.add({
          kind: 'measurement',
          title: 'O/E - blood pressure reading',
          ...coded('O/E - blood pressure reading', '163020007'),
          ...inside(),
          ...marked,
        })
        const figures = [
          ['Systolic arterial pressure', '72313002', systolic],
          ['Diastolic arterial pressure', '1091811000000102', diastolic],
        ] as const
        figures.forEach(([name, code, number], place) => {
          book.add({
            kind: 'measurement',
            title: name,
            ...coded(name, code),
            ...when,
            ...within,
            parentKey: pair,
            position: place,
            value: { number, unit: 'mmHg' },
            ...marked,
          })
        })
      },
    }
  }
  return { key, day: plan.day, heading }
}
