import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { largestGap } from '../../domain/equity/gap.ts'
import { shownBands } from '../../domain/equity/shown.ts'
import { csvLine } from '../../domain/figures/csv.ts'
import { ownSupplier } from '../../domain/figures/figures.ts'
import {
  formatMonthCode,
  monthAfter,
  monthOf,
  parseMonth,
  type Month,
} from '../../domain/months/month.ts'
import { equityOf } from '../../queries/figures/equity.ts'
import { revisionsOf, type StoredMonth } from '../../queries/figures/practice-months.ts'
import { meanThirdNext, thirdNext } from '../../queries/timely/third-next.ts'
import {
  bookedHow,
  missedByChannel,
  queueAges,
  searchCounts,
  slotsUsed,
  soonness,
} from '../../queries/timely/timely.ts'
import { EquityPage, type EquityPageModel } from './equity-page.tsx'
import { NothingCountedPage } from './nothing-counted-page.tsx'
import { TimelyPage, timelyTables, type TimelyPageModel } from './timely-page.tsx'
import { dimensionNames, formatBand, formatShownCount } from './words.ts'

type Viewer = Tx<StaffActing<'view-counts'>>

const query = z.object({ month: z.string().max(7).catch('').default('') })

/** The practice's own reports: who uses what, who is left out, how soon people get what they ask for. */
export function registerReports(app: FastifyInstance): void {
  app.get('/practice/uptake', async (request, reply) => {
    const model = await viewed(app, request, equityModel)
    return sendPage(reply, model ? <EquityPage {...model} /> : <NothingCountedPage />)
  })
  app.get('/practice/uptake.csv', async (request, reply) => {
    const model = await viewed(app, request, equityModel)
    if (!model) throw new NotFound()
    return sendFile(reply, `equity-${formatMonthCode(model.month)}`, equityLines(model))
  })
  app.get('/practice/uptake/access', async (request, reply) =>
    sendPage(reply, <TimelyPage {...await viewed(app, request, timelyModel)} />),
  )
  app.get('/practice/uptake/access.csv', async (request, reply) => {
    const model = await viewed(app, request, timelyModel)
    return sendFile(reply, `timely-access-${formatMonthCode(model.month)}`, timelyLines(model))
  })
}

async function viewed<Model>(
  app: FastifyInstance,
  request: FastifyRequest,
  modelOf: (tx: Viewer, month: Month | undefined) => Promise<Model>,
): Promise<Model> {
  const acting = await requireStaff(request, 'view-counts')
  const asked = query.parse(request.query).month
  const month = asked === '' ? undefined : parseMonth(asked)
  return app.db.transaction(acting, async (tx) => {
    if (asked !== '' && month === undefined) throw new NotFound()
    const [model] = await Promise.all([
      modelOf(tx, month),
      recordEvent(tx, { type: 'uptake.reports-viewed' }),
    ])
    return model
  })
}

async function equityModel(
  tx: Viewer,
  asked: Month | undefined,
): Promise<EquityPageModel | undefined> {
  const { practice } = tx.acting
  const revisions = (await revisionsOf(tx, practice)).filter((row) => row.supplier === ownSupplier)
  const latest = new Map<Month, StoredMonth>()
  for (const row of revisions) if (!latest.has(row.month)) latest.set(row.month, row)
  const choices = [...latest.keys()]
  const month = asked ?? choices[0]
  const now = month && latest.get(month)
  if (!now && asked !== undefined) throw new NotFound()
  if (!now || month === undefined) return undefined
  const bands = await equityOf(tx, month)
  return {
    practice,
    month,
    choices,
    now,
    before: latest.get(monthAfter(month, -12)),
    gap: largestGap(bands),
    bands: new Map(
      [...Map.groupBy(bands, ({ dimension }) => dimension)].map(([dimension, list]) => [
        dimension,
        shownBands(list),
      ]),
    ),
    corrections: revisions.filter(({ revision }) => revision > 1).slice(0, 12),
  }
}

const monthsBack = 12

async function timelyModel(tx: Viewer, asked: Month | undefined): Promise<TimelyPageModel> {
  const current = monthOf(localDateOf(tx.now))
  const choices = Array.from({ length: monthsBack + 1 }, (_, back) => monthAfter(current, -back))
  const month = asked ?? monthAfter(current, -1)
  if (!choices.includes(month)) throw new NotFound()
  const [third, mean, how, soon, searches, slots, missed, queues] = await Promise.all([
    thirdNext(tx),
    meanThirdNext(tx, month, monthAfter(month, 1)),
    bookedHow(tx, month),
    soonness(tx, month),
    searchCounts(tx, month),
    slotsUsed(tx, month),
    missedByChannel(tx, month),
    queueAges(tx),
  ])
  return { month, choices, third, mean, how, soon, searches, slots, missed, queues }
}

function equityLines({ bands }: EquityPageModel): readonly (readonly string[])[] {
  const rows = [...bands].flatMap(([dimension, list]) =>
    list.map(({ band, listed, canUse, active }) => [
      dimensionNames[dimension],
      formatBand(dimension, band),
      ...[listed, canUse, active].map(formatShownCount),
    ]),
  )
  return [['What', 'Group', 'Registered', 'Can use online services', 'Used in the month'], ...rows]
}

function timelyLines(model: TimelyPageModel): readonly (readonly string[])[] {
  return timelyTables(model).flatMap(({ caption, head, rows }) => [
    [caption, ...head],
    ...rows.map((row) => [caption, ...row]),
  ])
}

function sendFile(
  reply: FastifyReply,
  name: string,
  lines: readonly (readonly string[])[],
): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(`\uFEFF${lines.map((cells) => csvLine(cells)).join('\r\n')}\r\n`)
}
