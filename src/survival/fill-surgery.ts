import { clientFor, openDatabase, type DatabaseSettings } from '#platform/db'
import { makeSurgery, type Size, type Surgery } from './practice.ts'

/** Makes the practice in a database that has the schema, and says which slots it has. */
export async function fillSurgery(
  settings: DatabaseSettings,
  size: Size,
): Promise<{ readonly surgery: Surgery; readonly slotIds: readonly string[] }> {
  const db = openDatabase({ ...settings, maxConnections: 4 }, () => new Date())
  try {
    const surgery = await makeSurgery(db, settings, size)
    return { surgery, slotIds: await allSlots(settings) }
  } finally {
    await db.close()
  }
}

async function allSlots(settings: DatabaseSettings): Promise<readonly string[]> {
  const client = clientFor(settings, 'patient-online-survival')
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select slot_id as id from appointments.slot order by slot_id',
    )
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}
