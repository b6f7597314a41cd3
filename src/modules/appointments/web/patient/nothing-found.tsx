import { formatDayAndTime } from '#kernel/time'
import { InsetText } from '#platform/html'
import type { Practice } from '#modules/directory'
import { narrowingsOf, type Narrowing, type SlotSearch } from '../../domain/search.ts'
import type { ComingDraw } from '../../queries/patient/releases.ts'
import { GetHelp } from '../get-help.tsx'
import { widerWords } from './search-words.ts'

/** What is told where a search found nothing. */
export interface NothingFoundModel {
  readonly releases: readonly Date[]
  readonly draws: readonly ComingDraw[]
  /** Ways to look more widely, each of which finds something. */
  readonly wider: readonly { readonly without: Narrowing; readonly path: string }[]
  /** The list of all appointments, where there are any. */
  readonly all: string | undefined
  readonly now: Date
  readonly practice: Practice | undefined
  /** The first that is free on other days, where only some days were looked at. */
  readonly soonest?: { readonly startsAt: Date; readonly path: string } | undefined
}

/** Nothing was found: when there is more, how to widen, how to be told, how to get help now. */
export function NothingFound(
  props: NothingFoundModel & {
    readonly search: SlotSearch
    readonly waitlist: string | undefined
  },
) {
  const isNarrowed = narrowingsOf(props.search).length > 0
  return (
    <>
      <h2 class="nhsuk-heading-m">No appointments found</h2>
      {props.soonest ? (
        <p>
          None is free in these seven days. The next is{' '}
          <a href={props.soonest.path}>{formatDayAndTime(props.soonest.startsAt)}</a>.
        </p>
      ) : (
        <p>
          {isNarrowed
            ? 'There are none like this to book online at the moment.'
            : 'Every appointment that can be booked online is taken at the moment.'}
        </p>
      )}
      <Wider {...props} />
      <Releases {...props} />
      <Draws {...props} />
      {props.waitlist !== undefined && (
        <>
          <h3 class="nhsuk-heading-s">Be told when one comes up</h3>
          <p>
            <a href={props.waitlist}>Join the waiting list</a>. We tell you when somebody gives an
            appointment back.
          </p>
        </>
      )}
      <GetHelp practice={props.practice} />
    </>
  )
}

function Wider({ wider, all }: Pick<NothingFoundModel, 'wider' | 'all'>) {
  if (wider.length === 0 && all === undefined) return null
  return (
    <>
      <h3 class="nhsuk-heading-s">Look more widely</h3>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {wider.map((way) => (
          <li>
            <a href={way.path}>Look at appointments {widerWords[way.without]}</a>
          </li>
        ))}
        {all !== undefined && (
          <li>
            <a href={all}>Look at all appointments</a>
          </li>
        )}
      </ul>
    </>
  )
}

function Releases({ releases }: Pick<NothingFoundModel, 'releases'>) {
  const [first, ...later] = releases
  if (!first) return null
  return (
    <InsetText>
      <p>More appointments can be booked from {formatDayAndTime(first)}.</p>
      {later.length > 0 && (
        <p>After that, more come on {later.map(formatDayAndTime).join(' and on ')}.</p>
      )}
    </InsetText>
  )
}

function Draws({ draws, now }: Pick<NothingFoundModel, 'draws' | 'now'>) {
  if (draws.length === 0) return null
  return (
    <>
      <h3 class="nhsuk-heading-s">Ask in a draw</h3>
      <p>
        Some appointments are given out by draw. It does not matter how soon you ask while it is
        open.
      </p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {draws.map((draw) => (
          <li>
            <a href={`/appointments/draws/${draw.drawId}`}>{draw.name}</a>
            {draw.opensAt > now
              ? `: open from ${formatDayAndTime(draw.opensAt)} until ${formatDayAndTime(draw.closesAt)}`
              : `: open until ${formatDayAndTime(draw.closesAt)}`}
          </li>
        ))}
      </ul>
    </>
  )
}
