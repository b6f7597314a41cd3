import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage } from '#platform/http'
import { requireActing, type Acting } from '#modules/access'
import {
  mayNotNominate,
  nominatePharmacy,
  type NominationRefusal,
} from '../../commands/eps/nominate-pharmacy.ts'
import { isChoosable } from '../../domain/eps/pharmacy.ts'
import { nominatedPharmacy, pastNominations } from '../../queries/eps/nominations.ts'
import { pharmacyByCode, searchPharmacies } from '../../queries/eps/pharmacies.ts'
import { ViewOnlyPage } from '../follow/cancel-page.tsx'
import { parsePage } from '../paging.tsx'
import {
  CheckPharmacyPage,
  PharmacyChangedPage,
  PharmacyClosedPage,
  ProxyMayNotPage,
} from './pharmacy-change-pages.tsx'
import { PharmacyPage } from './pharmacy-page.tsx'
import { PharmacySearchPage } from './pharmacy-search-page.tsx'

const searchQuery = z.object({
  near: z.string().trim().max(100).catch(''),
  online: z.literal('yes').optional().catch(undefined),
})
const params = z.object({ code: z.string() })
const body = z.object({ pharmacy: z.string().catch('') })

/** The pharmacy that a patient's orders go to: see it, look for one, choose it. */
export function registerPharmacies(app: FastifyInstance): void {
  app.get('/prescriptions/pharmacy', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const shown = await app.db.transaction(acting, async (tx) => {
      const pharmacy = await nominatedPharmacy(tx)
      const past = await pastNominations(tx)
      const mayNot = await mayNotNominate(tx)
      await recordEvent(tx, { type: 'prescriptions.pharmacy-viewed' })
      const isUsable = pharmacy !== undefined && isChoosable(pharmacy, localDateOf(tx.now))
      return { pharmacy, past, mayNot, isUsable }
    })
    return sendPage(reply, <PharmacyPage {...shown} />)
  })

  app.get('/prescriptions/pharmacy/search', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const { near, online } = searchQuery.parse(request.query ?? {})
    const asked = { text: near, isOnline: online === 'yes', page: parsePage(request.query) }
    const tooShort = near.length < 2 && !(asked.isOnline && near === '')
    const found = await app.db.transaction(acting, async (tx) => {
      await requireChanging(tx)
      if (tooShort) return undefined
      const { text, page, isOnline } = asked
      return searchPharmacies(tx, { text, page, onlineOnly: isOnline })
    })
    const fault = tooShort ? 'Enter a postcode or the name of a pharmacy' : undefined
    const status = fault === undefined ? 200 : 400
    return sendPage(reply, <PharmacySearchPage {...asked} found={found} fault={fault} />, status)
  })

  registerChoosing(app)
}

function registerChoosing(app: FastifyInstance): void {
  app.get('/prescriptions/pharmacy/choose/:code', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const code = parseOdsCode(params.parse(request.params).code)
    const shown = await app.db.transaction(acting, async (tx) => {
      await requireChanging(tx)
      const wanted = code.ok ? await pharmacyByCode(tx, code.value) : undefined
      if (!wanted) throw new NotFound()
      if (!isChoosable(wanted, localDateOf(tx.now))) throw new Refused(<PharmacyClosedPage />, 409)
      return { wanted, present: await nominatedPharmacy(tx) }
    })
    return sendPage(reply, <CheckPharmacyPage {...shown} />)
  })

  app.get('/prescriptions/pharmacy/none', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const present = await app.db.transaction(acting, async (tx) => {
      await requireChanging(tx)
      return nominatedPharmacy(tx)
    })
    return sendPage(reply, <CheckPharmacyPage present={present} />)
  })

  app.post('/prescriptions/pharmacy', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const wanted = parseWanted(body.parse(request.body ?? {}).pharmacy)
    const changed = await app.db.transaction(acting, async (tx) => {
      await requireChanging(tx)
      if (wanted === 'unreadable') throw new NotFound()
      return nominatePharmacy(tx, wanted === 'none' ? undefined : wanted)
    })
    if (!changed.ok) throw leaveFor(changed.refusal)
    return reply.redirect('/prescriptions/pharmacy/changed', 303)
  })

  app.get('/prescriptions/pharmacy/changed', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const pharmacy = await app.db.transaction(acting, nominatedPharmacy)
    return sendPage(reply, <PharmacyChangedPage pharmacy={pharmacy} />)
  })
}

function parseWanted(given: string): OdsCode | 'none' | 'unreadable' {
  if (given === 'none') return 'none'
  const code = parseOdsCode(given)
  return code.ok ? code.value : 'unreadable'
}

async function requireChanging(tx: Tx<Acting<'prescriptions'>>): Promise<void> {
  const refusal = await mayNotNominate(tx)
  if (refusal) throw leaveFor(refusal)
}

function leaveFor(refusal: NominationRefusal): NotFound | Refused {
  switch (refusal) {
    case 'proxy':
      return new Refused(<ProxyMayNotPage />)
    case 'view-only':
      return new Refused(<ViewOnlyPage />)
    case 'closed':
      return new Refused(<PharmacyClosedPage />, 409)
    case 'not-found':
      return new NotFound()
  }
}
