import { formatDayAndTime } from '#kernel/time'
import { Button, Layout, Pagination, Table } from '#platform/html'
import type { Role } from '#modules/access'
import type { ListedChange } from '../../queries/changes/stored-changes.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatStanding, kindWords } from './words.ts'

/** Every change to clinics, newest first, with where it stands. `next` leads to older ones. */
export function ChangesPage(props: {
  readonly changes: readonly ListedChange[]
  readonly roles: readonly Role[]
  readonly now: Date
  readonly next: string | undefined
  readonly isFirstPage: boolean
}) {
  const title = 'Changes to clinics'
  return (
    <Layout title={title}>
      <ClinicNav current="changes" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Button href="/practice/appointments/changes/new" text="Cancel a clinician’s day" />
      <p>
        To change one session, open it from <a href="/practice/appointments">its day</a>.
      </p>
      {props.changes.length === 0 ? (
        <p>{props.isFirstPage ? 'No session was changed yet.' : 'There are no older changes.'}</p>
      ) : (
        <Table
          classes="app-table--dense"
          responsive
          caption={{ text: 'Newest first', size: 's' }}
          head={['Made', 'Change', 'By', 'Patients told', 'State']}
          rows={props.changes.map((change) => [
            formatDayAndTime(change.madeAt),
            {
              html: (
                <a href={`/practice/appointments/changes/${change.changeId}`}>
                  {formatWhat(change)}
                </a>
              ),
            },
            change.madeByName ?? '–',
            String(change.patients),
            formatStanding({ ...change, patients: change.patients }, props.now),
          ])}
        />
      )}
      {props.next !== undefined && (
        <Pagination ariaLabel="Changes" next={{ href: props.next, text: 'Older' }} />
      )}
    </Layout>
  )
}

function formatWhat(change: ListedChange): string {
  const { name } = kindWords[change.kind]
  if (change.sessions > 1) return `${name}: ${change.sessions} sessions`
  const who = change.clinician ?? 'No clinician'
  const when = change.startsAt ? `, ${formatDayAndTime(change.startsAt)}` : ''
  return `${name}: ${who}, ${change.sessionName ?? 'a session'}${when}`
}
