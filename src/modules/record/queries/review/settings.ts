import { sql, type Tx } from '#platform/db'

/** What a practice decided for itself about disclosure. */
export interface DisclosureSettings {
  /** An entry is shown whole or not at all. */
  readonly wholeEntriesOnly: boolean
  /** How many of a hundred automatic releases are read a second time. */
  readonly samplePercent: number
  /** Free text in which the rules find nothing is shown without a person. */
  readonly clearsText: boolean
  readonly changedAt?: Date
  readonly changedBy?: string
}

/** The practice's settings; the usual ones where it never changed any. Source: DISCLOSURE 5 (sample). */
export async function disclosureSettings(tx: Tx): Promise<DisclosureSettings> {
  const row = await tx.maybe<DisclosureSettings>(sql`
    select setting.whole_entries_only, setting.sample_percent, setting.clears_text,
      setting.changed_at, staff.name as changed_by
    from record.disclosure_setting setting
    join directory.staff
      on staff.practice = setting.practice
      and staff.staff_id = setting.changed_by
    where setting.practice = ${tx.acting.practice}
  `)
  return row ?? { wholeEntriesOnly: false, samplePercent: 2, clearsText: false }
}
