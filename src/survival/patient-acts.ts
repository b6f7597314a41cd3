import { anyOf, formOf, idsAfter, type Asker } from './asking.ts'
import type { Journal } from './journal.ts'
import { maxHeld } from './practice.ts'

/** A patient at their browser, and what they know that they hold. */
export interface PatientClient {
  readonly patientId: string
  readonly ask: Asker
  readonly journal: Journal
  readonly slotIds: readonly string[]
  readonly held: string[]
  /** No more messages are taken of them until the practice answers. */
  isTold: boolean
}

/** What a patient does next, by chance: mostly books, orders and looks. */
export function nextPatientAct(patient: PatientClient): Promise<void> {
  const chance = Math.random()
  if (patient.held.length >= maxHeld || (patient.held.length > 0 && chance < 0.1))
    return cancel(patient)
  if (chance < 0.5) return book(patient)
  if (chance < 0.8) return order(patient)
  if (chance < 0.85 && !patient.isTold) return writeMessage(patient)
  return look(patient)
}

async function look({ ask }: PatientClient): Promise<void> {
  const path = anyOf([
    '/home',
    '/notices',
    '/appointments',
    '/appointments/slots',
    '/prescriptions',
  ])
  await ask.get(path ?? '/home')
}

async function book(patient: PatientClient): Promise<void> {
  const { ask, journal, patientId } = patient
  const slotId = anyOf(patient.slotIds) ?? ''
  const page = await ask.get(`/appointments/slots/${slotId}`)
  const fields = formOf(page.body, '/appointments')
  if (page.status !== 200 || fields === undefined) return
  const form = { ...fields, reason: '' }
  const key = fields['idempotencyKey'] ?? ''
  const answer = await ask.post('/appointments', form)
  const id = answer.status === 303 ? answer.location?.split('/')[2] : undefined
  if (id === undefined) {
    journal.counts.refused++
    journal.refused.push({ kind: 'booking', key })
    return
  }
  journal.acknowledged.push({ kind: 'booking', id, key, patientId, slotId })
  patient.held.push(id)
  await repeatSometimes(patient, '/appointments', form, answer.location)
}

async function cancel(patient: PatientClient): Promise<void> {
  const { ask, journal } = patient
  const id = patient.held.shift() ?? ''
  const path = `/appointments/${id}/cancel`
  const page = await ask.get(path)
  const form = formOf(page.body, path)
  if (page.status !== 200 || form === undefined) {
    journal.breaches.push(`a booked appointment could not be cancelled (${page.status})`)
    return
  }
  journal.maybeCancelled.add(id)
  const answer = await ask.post(path, form)
  if (answer.status === 303) journal.acknowledged.push({ kind: 'cancelling', id })
  else journal.breaches.push(`a cancellation was refused (${answer.status})`)
}

async function order(patient: PatientClient): Promise<void> {
  const { ask, journal, patientId } = patient
  const choose = await ask.get('/prescriptions/order')
  const start = formOf(choose.body, '/prescriptions/check')
  const medicine = anyOf(medicinesOn(choose.body))
  if (start === undefined || medicine === undefined) return
  const check = await ask.post('/prescriptions/check', { ...start, medicine, destination: 'paper' })
  const form = formOf(check.body, '/prescriptions/orders')
  if (check.status !== 200 || form === undefined) return
  const key = form['idempotencyKey'] ?? ''
  const answer = await ask.post('/prescriptions/orders', form)
  const id = answer.status === 303 ? answer.location?.split('/')[3] : undefined
  if (id === undefined) {
    journal.counts.refused++
    journal.refused.push({ kind: 'order', key })
    return
  }
  journal.acknowledged.push({ kind: 'order', id, key, patientId })
  await repeatSometimes(patient, '/prescriptions/orders', form, answer.location)
}

function medicinesOn(html: string): readonly string[] {
  const boxes = [...html.matchAll(/<input[^>]*name="medicine"[^>]*>/g)].map(([tag]) => tag)
  return boxes.filter((tag) => !tag.includes('disabled')).flatMap((tag) => idsAfter(tag, 'value="'))
}

async function writeMessage(patient: PatientClient): Promise<void> {
  const { ask, journal, patientId } = patient
  const page = await ask.get('/record/ask')
  const fields = formOf(page.body, '/record/ask')
  if (page.status !== 200 || fields === undefined) return
  const words = `Something is missing ${Math.random().toString(36).slice(2)}`
  const form = { ...fields, kind: 'missing', words }
  const answer = await ask.post('/record/ask', form)
  if (answer.status === 303) {
    journal.acknowledged.push({ kind: 'message', patientId, words })
    await repeatSometimes(patient, '/record/ask', form, answer.location)
  } else patient.isTold = true
}

/** The same form again must give the first answer again. */
async function repeatSometimes(
  { ask, journal }: PatientClient,
  path: string,
  form: Readonly<Record<string, string>>,
  first: string | undefined,
): Promise<void> {
  if (Math.random() > 0.3) return
  journal.counts.repeats++
  const again = await ask.post(path, form)
  if (again.status !== 303 || again.location !== first)
    journal.breaches.push(
      `${path} sent again answered ${again.status} ${again.location ?? ''}, not ${first ?? ''}`,
    )
}
