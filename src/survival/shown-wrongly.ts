import type pg from 'pg'

/**
 * I-1, in both directions: what each patient's window onto the record shows is exactly what the
 * latest decision releases with the content as it is. Found out by another way than the window's.
 */
export async function shownWrongly(
  client: pg.Client,
  practice: string,
  patientIds: readonly string[],
): Promise<readonly string[]> {
  const { rows: released } = await client.query<{ id: string; patientId: string }>(
    `select entry.entry_id as id, entry.patient_id as "patientId"
    from record.entry entry
    join record.disclosure_decision decision using (practice, entry_id)
    where practice = $1
      and decision.outcome = 'released'
      and decision.content_hash = entry.content_hash
      and entry.markers = '{}'
      and entry.closed_at is null
      and not exists (
        select
        from record.disclosure_decision later
        where later.practice = entry.practice
          and later.entry_id = entry.entry_id
          and later.decision_no > decision.decision_no)`,
    [practice],
  )
  const expected = Map.groupBy(released, ({ patientId }) => patientId)
  const wrong: string[] = []
  for (const patientId of patientIds) {
    await client.query(
      `select set_config('app.practice', $1, true), set_config('app.patient', $2, true)`,
      [practice, patientId],
    )
    const { rows: shown } = await client.query<{ id: string }>(
      'select entry_id as id from record.released_entry',
    )
    const may = new Set(expected.get(patientId)?.map(({ id }) => id))
    const extra = shown.filter(({ id }) => !may.has(id))
    const missing = may.size + extra.length - shown.length
    if (extra.length > 0) wrong.push(`I-1 ${extra.length} entries are shown that are not released`)
    if (missing > 0) wrong.push(`I-1 ${missing} released entries are not shown`)
  }
  return wrong
}
