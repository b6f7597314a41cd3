import type { LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { thirdNext } from '../../queries/timely/third-next.ts'

/** Keeps today's measure of how long until the third free appointment of each kind. */
export async function measureThirdNext(tx: Tx<SystemProof>, day: LocalDate): Promise<void> {
  const measures = await thirdNext(tx)
  await tx.run(sql`
    insert into uptake.third_next
      (practice, measured_on, slot_type, delivery_channel, is_online, days)
    select ${tx.acting.practice}, ${day}::date, given."slotType", given."deliveryChannel",
      given."isOnline", given.days
    from jsonb_to_recordset(${JSON.stringify(measures)}::jsonb) as given (
      "slotType" text, "deliveryChannel" text, "isOnline" boolean, days integer)
    on conflict (practice, measured_on, slot_type, delivery_channel, is_online) do update set
      days = excluded.days
  `)
}
