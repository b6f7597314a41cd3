import type { PublicName } from '../../domain/roll-up/roll-up.ts'
import type { ShownMonth } from '../../queries/figures/public-months.ts'

/** What a number is a share of: people registered, those of practices that tell, or practices. */
type Whole = 'listSize' | 'toldSize' | 'practices'

/** A goal that somebody set, as a share in hundredths, and who set it. */
export interface Target {
  readonly share: number
  readonly words: string
}

/** One thing that pages show of a place, month by month. */
export interface Measure {
  readonly name: PublicName | 'recordOn'
  /** In a list or a column. */
  readonly label: string
  readonly of?: Whole
  readonly target?: Target
}

/** A picture: what it is called, what it means, and its lines, all of one unit. */
export interface Picture {
  readonly id: string
  readonly title: string
  readonly meaning: string
  readonly lines: readonly Measure[]
}

/** Source: Plan for digital health and social care, 29 June 2022; DOMAIN 3.2. */
const adultsTarget: Target = {
  share: 75,
  words: 'Target: 75% of adults by March 2024',
}
/** Source: Delivery plan for recovering access to primary care, 9 May 2023; DOMAIN 3.2. */
const practicesTarget: Target = {
  share: 90,
  words: 'Target: 90% of practices by March 2024',
}

const able: Measure = {
  name: 'canUse',
  label: 'Can use online services',
  of: 'listSize',
  target: adultsTarget,
}
const active: Measure = {
  name: 'active',
  label: 'Used online services in the month',
  of: 'toldSize',
}
const booked: Measure = { name: 'booked', label: 'Appointments booked online' }
const cancelled: Measure = { name: 'cancelled', label: 'Appointments cancelled online' }
const undivided: Measure = { name: 'undivided', label: 'Booked or cancelled, not told apart' }
const orders: Measure = { name: 'prescUse', label: 'Prescription requests' }
const looks: Measure = { name: 'recordUse', label: 'Views of the detailed record' }
const recordOn: Measure = {
  name: 'recordOn',
  label: 'Practices with the detailed record switched on',
  of: 'practices',
  target: practicesTarget,
}

/** What the table at the head of a page lists. */
export const glance: readonly Measure[] = [
  able,
  active,
  { name: 'newEnabled', label: 'Could for the first time this month' },
  booked,
  cancelled,
  undivided,
  orders,
  looks,
  recordOn,
]

/** The pictures of a page, in its order. */
export const pictures: readonly Picture[] = [
  {
    id: 'able',
    title: 'People who can use online services',
    meaning:
      'Of 100 people registered, how many can book, order or read something online: it is switched on for them and at their practice.',
    lines: [able],
  },
  {
    id: 'active',
    title: 'People who used online services',
    meaning:
      'Of 100 people registered, how many booked, cancelled, ordered or read anything online in the month. Only practices that tell are counted.',
    lines: [active],
  },
  {
    id: 'appointments',
    title: 'Appointments booked and cancelled online',
    meaning: 'How often, not how many people. A move is one booked and one cancelled.',
    lines: [booked, cancelled, undivided],
  },
  {
    id: 'prescriptions',
    title: 'Prescription requests',
    meaning: 'How often repeat medicines were ordered online; one order may be of several.',
    lines: [orders],
  },
  {
    id: 'record',
    title: 'Views of the detailed record',
    meaning: 'How often a page of it was read. Suppliers do not all count in the same way.',
    lines: [looks],
  },
  {
    id: 'practices',
    title: 'Practices with the detailed record switched on',
    meaning: 'Of 100 practices, how many let patients read at least the coded part of the record.',
    lines: [recordOn],
  },
]

/** Whether a place has anything of a measure to show in these months. */
export function isTold(measure: Measure, months: readonly ShownMonth[]): boolean {
  const { name } = measure
  if (name === 'recordOn') return months.some(({ level }) => level !== 'practice')
  return months.some((month) => month[name] !== undefined || month.withheld.includes(name))
}

/** A number of a month, why it is not there, and what it is a share of. */
export type Shown =
  | { readonly kind: 'value'; readonly value: number; readonly share?: number }
  | { readonly kind: 'few' | 'withheld' | 'not-told' }

/** What a page says of one measure in one month. */
export function shownOf(measure: Measure, month: ShownMonth | undefined): Shown {
  if (!month) return { kind: 'not-told' }
  const { name, of } = measure
  if (name !== 'recordOn') {
    if (month.few.includes(name)) return { kind: 'few' }
    if (month.withheld.includes(name)) return { kind: 'withheld' }
  }
  const value = month[name]
  if (value === undefined) return { kind: 'not-told' }
  const whole = of && month[of]
  const share = whole === undefined || whole === 0 ? undefined : (value / whole) * 100
  return { kind: 'value', value, ...(share !== undefined && { share }) }
}
