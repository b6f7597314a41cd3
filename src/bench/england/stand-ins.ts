import type pg from 'pg'
import { clientFor, type DatabaseSettings } from '#platform/db'
import type { Kind } from './mix.ts'

/** Somebody for whom captured statements can be sent again, with what they are about. */
export interface StandIn {
  readonly practice: string
  readonly patientId: string
  readonly accountId: string
  readonly tokenHash: string
  /** A free slot of the practice, or a medicine that the patient may order. */
  readonly about: string | undefined
  /** Of the slot, as ISO text. */
  readonly startsAt: string | undefined
}

const most = 20_000

const people = `
  select link.practice, link.subject_id as "patientId", link.account_id as "accountId",
    sign_in.token_hash as "tokenHash"
  from accounts.link
  join accounts.sign_in on sign_in.account_id = link.account_id
  where link.relation = 'self'
  order by md5(link.account_id::text)
  limit ${most}`

const questions: Readonly<Record<Kind, string>> = {
  record: `select person.* from (${people}) person`,
  booking: `
    select person.*, slot.slot_id as about, slot.starts_at as "startsAt"
    from (
      select *, row_number() over (partition by practice order by "accountId") as place
      from (${people}) listed
    ) person
    join (
      select practice, slot_id, starts_at,
        row_number() over (partition by practice order by md5(slot_id::text)) as place
      from appointments.slot
      where state = 'free'
        and starts_at > now()
    ) slot on slot.practice = person.practice and slot.place = person.place`,
  request: `
    select person.*, medicine.about
    from (${people}) person
    join lateral (
      select entry.entry_id as about
      from record.entry entry
      where entry.practice = person.practice
        and entry.patient_id = person."patientId"
        and entry.kind = 'medication'
        and not exists (
          select from prescriptions.order_item item
          where item.practice = entry.practice
            and item.medication_id = entry.entry_id
            and item.requested_at > now() - interval '20 days')
      limit 1
    ) medicine on true`,
}

interface Row {
  readonly practice: string
  readonly patientId: string
  readonly accountId: string
  readonly tokenHash: string
  readonly about?: string
  readonly startsAt?: Date
}

/** People by chance, at most 20,000, with a slot or a medicine each that nobody else of them has. */
export async function standIns(
  settings: DatabaseSettings,
  kind: Kind,
): Promise<readonly StandIn[]> {
  return asking(settings, async (client) => {
    const { rows } = await client.query<Row>(questions[kind])
    return rows.map(({ about, startsAt, ...person }) => ({
      ...person,
      about,
      startsAt: startsAt?.toISOString(),
    }))
  })
}

/** When a slot starts, as ISO text; absent where the id is of no slot. */
export async function startOf(
  settings: DatabaseSettings,
  practice: string,
  slotId: string,
): Promise<string | undefined> {
  return asking(settings, async (client) => {
    const { rows } = await client.query<{ readonly startsAt: Date }>(
      `select starts_at as "startsAt" from appointments.slot where practice = $1 and slot_id = $2`,
      [practice, slotId],
    )
    return rows[0]?.startsAt.toISOString()
  })
}

async function asking<Of>(
  settings: DatabaseSettings,
  ask: (client: pg.Client) => Promise<Of>,
): Promise<Of> {
  const client = clientFor(settings, 'patient-online-stand-ins')
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}
