import { BackLink, Layout, Table } from '#platform/html'
import { formatDate, formatDayAndTime, formatTime, minutesAfter } from '#kernel/time'
import { stateOf } from '../../domain/changes/change.ts'
import { formatSessions, type ChangeModel } from './change-page.tsx'
import { toPhone } from './patients-model.ts'
import { formatPhones } from './patients-table.tsx'
import { kindWords } from './words.ts'

/** A list to print and work through: whom nobody tells unless they are phoned, with room to tick. */
export function PhoneListPage({ change, rows }: ChangeModel) {
  const title = 'Patients to phone'
  const here = `/practice/appointments/changes/${change.changeId}`
  const { plan } = change
  return (
    <Layout title={title} before={<BackLink href={here} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {kindWords[change.kind].name}: {formatSessions(change)}
      </p>
      {toPhone(rows).length === 0 ? (
        <p>Everybody can be told online. There is nobody to phone.</p>
      ) : (
        <Table
          responsive
          caption={{ text: 'To phone', visuallyHiddenText: '' }}
          head={['Done', 'Time', 'Patient', 'Phone', 'New time or free instead']}
          rows={toPhone(rows).map(({ patient, free }) => [
            '☐',
            formatDayAndTime(patient.wasAt ?? patient.startsAt),
            `${patient.familyName}, ${patient.givenName}, born ${formatDate(patient.bornOn)}`,
            formatPhones(patient),
            plan.kind === 'move'
              ? formatTime(
                  minutesAfter(
                    patient.startsAt,
                    stateOf(change) === 'waiting' ? plan.byMinutes : 0,
                  ),
                )
              : change.kind === 'cancel'
                ? free.map((one) => formatDayAndTime(one.startsAt)).join('; ') || 'Nothing near'
                : 'Same time',
          ])}
        />
      )}
    </Layout>
  )
}
