import type { Queries } from '#platform/db'
import { csvLine } from '../../domain/figures/csv.ts'
import {
  lastDayOf,
  monthAfter,
  monthsFrom,
  startOfFinancialYear,
  type Month,
} from '../../domain/months/month.ts'
import { monthYear, pomiFileName } from '../../domain/pomi/dates.ts'
import {
  choicesFile,
  dashboardFile,
  distinctFile,
  monthSummaryFile,
} from '../../domain/pomi/other-files.ts'
import { pomiPieces, type PlacedMonth } from '../../domain/pomi/write.ts'
import { checkMonth, formatFinding, type Finding } from '../../domain/quality/checks.ts'
import { approvedOn } from './practice-months.ts'
import { placedMonths } from './placed-months.ts'

/** A file to be written, in pieces, since the published one may have a million lines. */
export interface MonthFile {
  readonly name: string
  readonly pieces: Iterable<string>
}

/** The files of a month, what should be looked at before it is returned, and who was left out. */
export interface MonthFiles {
  readonly files: readonly MonthFile[]
  readonly findings: readonly Finding[]
  /** Own practices that are not returned, for want of an approval. */
  readonly leftOut: readonly string[]
  readonly practices: number
}

/**
 * Everything that is returned for a month: the published file for the financial year to date, the
 * website's, the month summary, the dashboard's, our own counts of people, and the findings. A
 * practice of ours without approval on the last day is in none of them (CQRS).
 */
export async function monthFiles(queries: Queries, month: Month): Promise<MonthFiles> {
  const first = startOfFinancialYear(month)
  const [year, before, approved] = await Promise.all([
    placedMonths(queries, monthsFrom(first, month)),
    placedMonths(queries, [monthAfter(month, -1)]),
    approvedOn(queries, lastDayOf(month)),
  ])
  const mayReturn = ({ row }: PlacedMonth) =>
    approved === undefined || row.summary === undefined || approved.has(row.practice)
  const returned = year.filter(mayReturn)
  const now = returned.filter(({ row }) => row.month === month)
  const all = year.filter(({ row }) => row.month === month)
  const rows = now.map(({ row }) => row)
  const findings = checkMonth({
    now: all.map(({ row }) => row),
    before: before.map(({ row }) => row),
    ...(approved && { approved: approvedOrOthers(all, approved) }),
  })
  const named = monthYear(month)
  return {
    files: [
      { name: pomiFileName(month), pieces: pomiPieces(returned) },
      { name: `CHOICES_POMI_SOURCE_${named}.csv`, pieces: [choicesFile(rows)] },
      { name: `MONTH_SUMMARY_DATASET_${named}.csv`, pieces: [monthSummaryFile(month, rows)] },
      { name: 'WORK_POMI_ALL_OUT.csv', pieces: [dashboardFile(now)] },
      { name: `DISTINCT_PATIENTS_${named}.csv`, pieces: [distinctFile(now)] },
      { name: `QUALITY_${named}.csv`, pieces: [qualityFile(findings)] },
    ],
    findings,
    leftOut: all.filter((placed) => !mayReturn(placed)).map(({ row }) => row.practice),
    practices: rows.length,
  }
}

/** Other suppliers' practices were published already: whether they may be is not asked again. */
function approvedOrOthers(
  all: readonly PlacedMonth[],
  approved: ReadonlySet<string>,
): ReadonlySet<string> {
  const others = all.filter(({ row }) => row.summary === undefined).map(({ row }) => row.practice)
  return new Set([...approved, ...others])
}

function qualityFile(findings: readonly Finding[]): string {
  const lines = findings.map((finding) =>
    csvLine([finding.about, finding.check, finding.was, finding.is, formatFinding(finding)]),
  )
  return `${['about,check,was,is,words', ...lines].join('\n')}\n`
}
