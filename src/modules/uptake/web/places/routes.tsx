import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Queries } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { england } from '../../domain/geography/geography.ts'
import { formatMonthCode, monthAfter, parseMonth } from '../../domain/months/month.ts'
import type { RollUpLevel } from '../../domain/roll-up/roll-up.ts'
import {
  monthsOfPlace,
  placesAbove,
  placesWithin,
  practicesFound,
  publicMonths,
} from '../../queries/figures/public-months.ts'
import { AboutPage, NoFiguresPage } from './about-page.tsx'
import { figuresCsv } from './csv.ts'
import { FindPage } from './find-page.tsx'
import { PlacePage, type PlacePageModel } from './place-page.tsx'

const query = z.object({
  month: z.string().max(7).catch('').default(''),
  search: z.string().max(100).catch('').default(''),
})
const params = z.object({
  level: z.enum(['region', 'icb', 'sub-icb', 'practice']),
  code: z.string().max(40),
})

interface Asked {
  readonly level: RollUpLevel
  readonly code: string
}

/** Figures that anybody may see. They are read by the role that can read counts and nothing else. */
export function registerPlaces(app: FastifyInstance): void {
  const { figures } = app.db
  const country: Asked = { level: 'england', code: england.code }

  app.get('/uptake', async (request, reply) => {
    const model = await placeModel(figures, request, country)
    return sendPage(reply, model === 'nothing-yet' ? <NoFiguresPage /> : <PlacePage {...model} />)
  })
  app.get('/uptake/figures.csv', (request, reply) => sendCsv(figures, request, reply, country))
  app.get('/uptake/about', async (_, reply) => sendPage(reply, <AboutPage />))

  app.get('/uptake/find', async (request, reply) => {
    const search = query.parse(request.query).search.trim()
    const [latest] = search === '' ? [] : await publicMonths(figures)
    const found = latest === undefined ? [] : await practicesFound(figures, search, latest)
    return sendPage(reply, <FindPage search={search} found={found} />)
  })

  app.get('/uptake/:level/:code', async (request, reply) => {
    const model = await placeModel(figures, request, askedOf(request))
    if (model === 'nothing-yet') throw new NotFound()
    return sendPage(reply, <PlacePage {...model} />)
  })
  app.get('/uptake/:level/:code/figures.csv', (request, reply) =>
    sendCsv(figures, request, reply, askedOf(request)),
  )
}

function askedOf(request: FastifyRequest): Asked {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFound()
  return parsed.data
}

const below: Readonly<Record<RollUpLevel, RollUpLevel | undefined>> = {
  england: 'region',
  region: 'icb',
  icb: 'sub-icb',
  'sub-icb': 'practice',
  practice: undefined,
}

/** What a place's page shows of the month asked for, or of its latest. */
async function placeModel(
  figures: Queries,
  request: FastifyRequest,
  { level, code }: Asked,
): Promise<PlacePageModel | 'nothing-yet'> {
  const choices = await publicMonths(figures)
  const asked = query.parse(request.query).month
  const month = asked === '' ? choices[0] : parseMonth(asked)
  if (month === undefined && asked === '') return 'nothing-yet'
  if (month === undefined || !choices.includes(month)) throw new NotFound()

  const inside = below[level]
  const [months, above, within] = await Promise.all([
    monthsOfPlace(figures, level, code, month),
    placesAbove(figures, level, code, month),
    inside ? placesWithin(figures, inside, code, month) : [],
  ])
  const [now] = months
  if (!now) throw new NotFound()
  const yearBefore = monthAfter(now.month, -12)
  return {
    months: months.toReversed(),
    now,
    before: months.find((one) => one.month === yearBefore),
    above,
    within: now.month === month ? within : [],
    choices,
  }
}

async function sendCsv(
  figures: Queries,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
): Promise<FastifyReply> {
  const model = await placeModel(figures, request, asked)
  if (model === 'nothing-yet') throw new NotFound()
  const { code, month } = model.now
  const name = `uptake-${code}-${formatMonthCode(month)}.csv`
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(figuresCsv([...model.months, ...model.within]))
}
