import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

/** Sets what the practice decides for itself about disclosure. What was decided before stays. */
export async function setDisclosure(
  tx: Tx<StaffActing<'manage-practice'>>,
  settings: { readonly wholeEntriesOnly: boolean; readonly samplePercent: number },
): Promise<void> {
  const { practice, staffId } = tx.acting
  await tx.run(sql`
    insert into record.disclosure_setting
      (practice, whole_entries_only, sample_percent, changed_at, changed_by)
    values (${practice}, ${settings.wholeEntriesOnly}, ${settings.samplePercent}, ${tx.now},
      ${staffId})
    on conflict (practice) do update set
      whole_entries_only = excluded.whole_entries_only,
      sample_percent = excluded.sample_percent,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
  `)
  await recordEvent(tx, { type: 'record.disclosure-set', details: { ...settings } })
}
