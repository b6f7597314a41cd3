import { anyOf, formOf, idsAfter, type Asker } from './asking.ts'
import type { Journal } from './journal.ts'

/** A member of staff at their browser. */
export interface StaffClient {
  readonly staffId: string
  readonly ask: Asker
  readonly journal: Journal
}

/** What a member of staff decides next, by chance. */
export function nextStaffAct(staff: StaffClient): Promise<void> {
  return Math.random() < 0.5 ? decideItem(staff) : decideEntry(staff)
}

async function decideItem({ ask, journal, staffId }: StaffClient): Promise<void> {
  const queue = await ask.get('/practice/prescriptions')
  const id = anyOf(idsAfter(queue.body, 'id="approve-'))
  if (id === undefined) return
  const path = `/practice/prescriptions/items/${id}`
  const shown = formOf(queue.body, `${path}/approve`)
  if (shown === undefined) return
  const isApproval = Math.random() < 0.3
  const form = isApproval ? shown : { ...shown, reason: 'review-needed', patientText: '' }
  const answer = await ask.post(`${path}/${isApproval ? 'approve' : 'reject'}`, form)
  if (answer.status !== 303 || answer.location?.includes(`decided=${id}`) !== true) {
    journal.counts.refused++
    return
  }
  journal.acknowledged.push({
    kind: 'item decision',
    id,
    version: Number(shown['version']),
    outcome: isApproval ? 'approved' : 'rejected',
    staffId,
  })
}

async function decideEntry({ ask, journal, staffId }: StaffClient): Promise<void> {
  const queue = await ask.get('/practice/disclosure?lane=clinician')
  const id = anyOf(idsAfter(queue.body, 'href="/practice/disclosure/'))
  if (id === undefined) return
  const path = `/practice/disclosure/${id}`
  const page = await ask.get(path)
  const isRelease = Math.random() < 0.5
  const action = `${path}/${isRelease ? 'release' : 'withhold'}`
  const shown = formOf(page.body, action)
  if (page.status !== 200 || shown === undefined) return
  const form = isRelease ? shown : { ...shown, ground: 'third-party', ...reviewDay() }
  const answer = await ask.post(action, form)
  if (answer.status !== 303) {
    journal.counts.refused++
    return
  }
  journal.acknowledged.push({
    kind: 'entry decision',
    id,
    decisionNo: Number(shown['decisionNo']),
    outcome: isRelease ? 'released' : 'withheld',
    staffId,
  })
}

/** Two months ahead: later than today, and no later than may be. */
function reviewDay(): { readonly day: string; readonly month: string; readonly year: string } {
  const then = new Date(Date.now() + 60 * 24 * 3_600_000)
  return {
    day: '1',
    month: String(then.getUTCMonth() + 1),
    year: String(then.getUTCFullYear()),
  }
}
