import { formatDay, type LocalDate } from '#kernel/time'
import { Layout, SummaryList } from '#platform/html'
import type { PracticeReach } from '#modules/access'
import type { DayCountsOnly } from '../queries/day-counts.ts'

/** Below this many, people could be told apart: as in published figures. */
const fewest = 5

/** Today for those who see counts only: no clinic, clinician, patient or way to one. */
export function CountsTodayPage(props: {
  readonly day: LocalDate
  readonly counts: DayCountsOnly
  readonly reach: PracticeReach | undefined
}) {
  const { counts, reach } = props
  const title = `Today, ${formatDay(props.day)}`
  const row = (text: string, value: number | string) => ({
    key: { text },
    value: { text: String(value) },
  })
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Your role sees counts only, and nobody’s name.</p>
      <h2 class="nhsuk-heading-m">Appointments today</h2>
      <SummaryList
        rows={[
          row('Clinics', counts.clinics),
          row('Appointments', counts.slots),
          row('Put online', counts.online),
          row('Booked', counts.booked),
          row('Free', counts.free),
        ]}
      />
      {reach && (
        <>
          <h2 class="nhsuk-heading-m">Accounts with a service switched on</h2>
          <SummaryList
            rows={[
              row('Appointments', formatFew(reach.withAppointments)),
              row('Repeat prescriptions', formatFew(reach.withPrescriptions)),
              row('Health record', formatFew(reach.withRecord)),
            ]}
          />
        </>
      )}
      <p>
        <a href="/practice/uptake">See the reports</a>
      </p>
    </Layout>
  )
}

function formatFew(count: number): string {
  return count > 0 && count < fewest ? `Fewer than ${fewest}` : String(count)
}
