import { Table } from '#platform/html'
import type { Month } from '../../domain/months/month.ts'
import type { MeanThirdNext, ThirdNext } from '../../queries/timely/third-next.ts'
import type {
  BookedHow,
  Missed,
  QueueAge,
  SearchCounts,
  SlotsUsed,
  Soonness,
} from '../../queries/timely/timely.ts'
import { formatCount } from '../places/words.ts'
import { ReportFrame } from './frame.tsx'
import { channelNames, formatOf100, howNames } from './words.ts'

/** What the report of timely access shows. */
export interface TimelyPageModel {
  readonly month: Month
  readonly choices: readonly Month[]
  readonly third: readonly ThirdNext[]
  readonly mean: readonly MeanThirdNext[]
  readonly how: readonly BookedHow[]
  readonly soon: readonly Soonness[]
  readonly searches: SearchCounts
  readonly slots: readonly SlotsUsed[]
  readonly missed: readonly Missed[]
  readonly queues: readonly QueueAge[]
}

/** A table of the report, as the page and the file have it. */
export interface ReportTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly nothing: string
}

/** How soon people get what they ask for. */
export function TimelyPage(props: TimelyPageModel) {
  const { month, choices } = props
  return (
    <ReportFrame
      title="Timely access"
      path="/practice/uptake/access"
      month={month}
      choices={choices}
    >
      <p class="nhsuk-lede-text">{unmetWords(props.searches)}</p>
      {timelyTables(props).map(({ caption, head, rows, nothing }) =>
        rows.length === 0 ? (
          <p>
            {caption}: {nothing}
          </p>
        ) : (
          <Table
            caption={{ text: caption, size: 's' }}
            firstCellIsHeader
            responsive
            head={head.map((text) => ({ text }))}
            rows={rows.map((row) =>
              row.map((text, place) => ({ header: head[place] ?? '', text })),
            )}
          />
        ),
      )}
    </ReportFrame>
  )
}

/** The demand that was not met, in one sentence. */
function unmetWords({ people, peopleWithNothing, unmet }: SearchCounts): string {
  if (people === 0) return 'Nobody looked for an appointment online in this month.'
  return (
    `${formatCount(people)} people looked for an appointment online. ` +
    `${formatCount(peopleWithNothing)} of them found nothing at least once, and ` +
    `${formatCount(unmet)} had none a week later.`
  )
}

/** Everything of the report as tables. */
export function timelyTables(model: TimelyPageModel): readonly ReportTable[] {
  return [
    thirdTable(model),
    soonTable(model),
    howTable(model),
    searchTable(model.searches),
    slotsTable(model),
    missedTable(model),
    queueTable(model),
  ]
}

const keyOf = (row: Pick<ThirdNext, 'slotType' | 'deliveryChannel' | 'isOnline'>) =>
  `${row.slotType} ${row.deliveryChannel} ${row.isOnline}`

function thirdTable({ third, mean }: TimelyPageModel): ReportTable {
  const means = new Map(mean.map((row) => [keyOf(row), row]))
  const now = new Map(third.map((row) => [keyOf(row), row]))
  const rows = [...new Map([...mean, ...third].map((row) => [keyOf(row), row])).values()]
  return {
    caption: 'Days until the third next appointment',
    head: ['Type', 'How', 'For whom', 'Now', 'Mean of the month'],
    nothing: 'no appointments are free.',
    rows: rows.map((row) => {
      const measured = means.get(keyOf(row))
      return [
        row.slotType,
        channelNames[row.deliveryChannel] ?? row.deliveryChannel,
        row.isOnline ? 'Patients, online' : 'Everybody',
        formatDays(now.get(keyOf(row))?.days, 'fewer than 3 free'),
        measured ? formatDays(measured.meanDays, 'never 3 free') : 'not measured',
      ]
    }),
  }
}

function formatDays(days: number | undefined, otherwise: string): string {
  if (days === undefined) return otherwise
  return String(Math.round(days * 10) / 10)
}

function soonTable({ soon }: TimelyPageModel): ReportTable {
  return {
    caption: 'How soon after booking appointments took place',
    head: ['Kind', 'Appointments', 'Same day', 'Within 7 days', 'Within 14 days'],
    nothing: 'there were none.',
    rows: soon.map((row) => [
      row.kind === 'urgent' ? 'Urgent (general consultation, acute)' : 'Routine and other',
      formatCount(row.appointments),
      formatOf100(row.sameDay, row.appointments),
      formatOf100(row.within7, row.appointments),
      formatOf100(row.within14, row.appointments),
    ]),
  }
}

function howTable({ how }: TimelyPageModel): ReportTable {
  const all = how.reduce((sum, { booked }) => sum + booked, 0)
  return {
    caption: 'How appointments were booked',
    head: ['How', 'Booked', 'Share'],
    nothing: 'none was.',
    rows: how.map((row) => [
      howNames[row.how],
      formatCount(row.booked),
      formatOf100(row.booked, all),
    ]),
  }
}

function searchTable(searches: SearchCounts): ReportTable {
  const { medianDays, mostDays } = searches
  const row = (what: string, said: string) => [what, said]
  return {
    caption: 'Searches for appointments online',
    head: ['What', 'Count'],
    nothing: 'there were none.',
    rows:
      searches.searches === 0
        ? []
        : [
            row('Searches', formatCount(searches.searches)),
            row('Searches that found nothing', formatCount(searches.nothing)),
            row('People who searched', formatCount(searches.people)),
            row('People who found nothing at least once', formatCount(searches.peopleWithNothing)),
            row(
              'People who found nothing and booked nothing within a week',
              formatCount(searches.unmet),
            ),
            row(
              'Days from first search to appointment, in the middle',
              formatDays(medianDays, '–'),
            ),
            row('Days from first search to appointment, for 9 of 10', formatDays(mostDays, '–')),
          ],
  }
}

function slotsTable({ slots }: TimelyPageModel): ReportTable {
  return {
    caption: 'Appointments that nobody took',
    head: ['Type', 'How', 'Offered', 'Not taken', 'Offered online', 'Of these not taken'],
    nothing: 'none was offered.',
    rows: slots.map((row) => [
      row.slotType,
      channelNames[row.deliveryChannel] ?? row.deliveryChannel,
      formatCount(row.slots),
      `${formatCount(row.unused)} (${formatOf100(row.unused, row.slots)})`,
      formatCount(row.online),
      `${formatCount(row.onlineUnused)} (${formatOf100(row.onlineUnused, row.online)})`,
    ]),
  }
}

function missedTable({ missed }: TimelyPageModel): ReportTable {
  return {
    caption: 'Appointments that nobody came to',
    head: ['How', 'Booked', 'Appointments', 'Missed'],
    nothing: 'there were no appointments.',
    rows: missed.map((row) => [
      channelNames[row.deliveryChannel] ?? row.deliveryChannel,
      row.isOnline ? 'Online' : 'By staff',
      formatCount(row.appointments),
      `${formatCount(row.missed)} (${formatOf100(row.missed, row.appointments)})`,
    ]),
  }
}

const queueNames = {
  prescriptions: 'Prescription requests',
  held: 'Entries held back from the record',
} as const

function queueTable({ queues }: TimelyPageModel): ReportTable {
  return {
    caption: 'What is waiting now',
    head: ['Queue', 'Waiting', 'Oldest, days', 'Middle, days'],
    nothing: 'nothing.',
    rows: queues.map((row) => [
      queueNames[row.queue],
      formatCount(row.waiting),
      formatDays(row.oldestDays, '–'),
      formatDays(row.medianDays, '–'),
    ]),
  }
}
