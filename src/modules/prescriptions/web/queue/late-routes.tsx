import type { FastifyInstance } from 'fastify'
import { daysBetween, formatDate, localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { InsetText, Layout, Table } from '#platform/html'
import { sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import type { OrderRules } from '../../domain/orderable.ts'
import { lateItems, lateReports, type LateItem, type LateReport } from '../../queries/queue/late.ts'
import { practiceRules } from '../../queries/rules.ts'
import { formatDays } from '../words.ts'
import { PrescriptionsNav } from './nav.tsx'
import { PatientLink } from './patient-link.tsx'

/** What has waited longer than the practice allows itself, and what it was told day by day. */
export function registerLate(app: FastifyInstance): void {
  app.get('/practice/prescriptions/late', async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const shown = await app.db.transaction(acting, async (tx) => {
      const { rules } = await practiceRules(tx)
      const items = await lateItems(tx, rules)
      for (const about of new Set(items.map((item) => item.patientId))) {
        await recordEvent(tx, { type: 'prescriptions.requests-viewed', about })
      }
      const reports = await lateReports(tx)
      return { items, reports, rules, today: localDateOf(tx.now) }
    })
    return sendPage(reply, <LatePage {...shown} />)
  })
}

interface LateModel {
  readonly items: readonly LateItem[]
  readonly reports: readonly LateReport[]
  readonly rules: OrderRules
  readonly today: LocalDate
}

function LatePage({ items, reports, rules, today }: LateModel) {
  const title = 'Late prescription requests'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <PrescriptionsNav current="late" late={items.length} />
      <p>
        Late is what has waited longer than {formatDays(rules.lateAfterDays)}, whoever has it, and
        what was approved more than {formatDays(rules.approvedAlarmDays)} ago and is neither sent
        nor ready. Patients see that it is late, and what to do.
      </p>
      {items.length === 0 ? (
        <InsetText text="Nothing is late." />
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Late now', size: 'm' }}
          head={['Patient', 'Medicine', 'Waiting', 'Who has it'].map((text) => ({ text }))}
          firstCellIsHeader
          rows={items.map((item) => [
            { html: <PatientLink {...item} /> },
            { text: item.medicineName ?? 'A medicine that is no longer in the record' },
            { text: formatDays(daysBetween(localDateOf(item.requestedAt), today)) },
            { html: <Holder item={item} /> },
          ])}
        />
      )}
      {reports.length > 0 && (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'What your practice was told', size: 'm' }}
          head={['Day', 'Late that morning', 'The oldest waited since'].map((text) => ({ text }))}
          firstCellIsHeader
          rows={reports.map((report) => [
            { text: formatDate(report.day) },
            { text: String(report.late) },
            { text: formatDate(report.oldestAt) },
          ])}
        />
      )}
    </Layout>
  )
}

function Holder({ item }: { readonly item: LateItem }) {
  const { state, holder, holderName, decidedAt } = item
  if (state === 'approved' && decidedAt) {
    return (
      <>
        Approved on {formatDate(decidedAt)}. See what is{' '}
        <a href="/practice/prescriptions/collecting">to hand out</a> or{' '}
        <a href="/practice/prescriptions/outbox">to be sent</a>
      </>
    )
  }
  const who = holder === undefined ? 'Nobody' : (holderName ?? 'A colleague')
  return <>{state === 'asked' ? `It waits for the patient’s answer. ${who}` : who}</>
}
