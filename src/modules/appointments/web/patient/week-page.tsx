import { formatDay, formatTime } from '#kernel/time'
import { BackLink, Layout, Pagination, SummaryList } from '#platform/html'
import type { GlanceDay, HalfDay, WeekShown } from '../../domain/patient/week.ts'
import type { SlotSearch } from '../../domain/search.ts'
import { booking, pathWith } from '../slot-search.ts'
import { NothingFound, type NothingFoundModel } from './nothing-found.tsx'
import { ChosenNarrowings } from './search-form.tsx'
import type { SearchChoices } from './search-words.ts'

/** Seven days with what is free on each. */
export interface WeekPageModel {
  readonly week: WeekShown
  readonly days: readonly GlanceDay[]
  /** What is looked for besides the days. */
  readonly search: SlotSearch
  /** Absent where nothing but the days is looked for. */
  readonly choices: SearchChoices | undefined
  /** Told where the whole week is empty. */
  readonly nothing: NothingFoundModel | undefined
  readonly waitlist: string | undefined
}

const path = '/appointments/week'

/** A week at a glance: how many are free each morning and afternoon, and the first of each. */
export function WeekPage({ week, days, search, choices, nothing, waitlist }: WeekPageModel) {
  const title = 'A week at a glance'
  const list = pathWith(booking.list, search)
  return (
    <Layout title={title} before={<BackLink href={list} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {choices && <ChosenNarrowings search={search} choices={choices} path={path} />}
      <p>
        <a href={list}>See appointments as a list, or look for something else</a>
      </p>
      <SummaryList
        rows={days.map((one) => ({
          key: formatDay(one.day),
          value: <Day of={one} />,
          actions: {
            items: isFree(one)
              ? [
                  {
                    text: 'See times',
                    visuallyHiddenText: `on ${formatDay(one.day)}`,
                    href: pathWith(booking.list, { ...search, day: one.day }),
                  },
                ]
              : [],
          },
        }))}
      />
      <OtherWeeks week={week} search={search} />
      {nothing && <NothingFound {...nothing} search={search} waitlist={waitlist} />}
    </Layout>
  )
}

function isFree({ morning, afternoon }: GlanceDay): boolean {
  return morning.free + afternoon.free > 0
}

function Day({ of }: { readonly of: GlanceDay }) {
  if (!isFree(of)) return <>None free</>
  return (
    <>
      Morning: {halfWords(of.morning)}
      <br />
      Afternoon: {halfWords(of.afternoon)}
    </>
  )
}

function halfWords({ free, first }: HalfDay): string {
  return first ? `${free} free, first at ${formatTime(first)}` : 'none free'
}

function OtherWeeks({ week, search }: Pick<WeekPageModel, 'week' | 'search'>) {
  const to = (from: string) => {
    const at = pathWith(path, search)
    return `${at}${at.includes('?') ? '&' : '?'}from=${from}`
  }
  const { previous, next } = week
  return (
    <Pagination
      previous={
        previous && {
          href: to(previous),
          text: 'Week before',
          label: `From ${formatDay(previous)}`,
        }
      }
      next={next && { href: to(next), text: 'Week after', label: `From ${formatDay(next)}` }}
    />
  )
}
