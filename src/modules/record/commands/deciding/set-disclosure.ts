import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import { ruleset } from '../../domain/ruleset.ts'
import type { DisclosureSettings } from '../../queries/review/settings.ts'

/**
 * Sets what the practice decides for itself about disclosure. What people decided stays; what rules
 * released is read again, so that free text which they may no longer release is held.
 */
export async function setDisclosure(
  tx: Tx<StaffActing<'manage-practice'>>,
  settings: Pick<DisclosureSettings, 'wholeEntriesOnly' | 'samplePercent' | 'clearsText'>,
): Promise<void> {
  const { practice, staffId } = tx.acting
  await tx.run(sql`
    insert into record.disclosure_setting
      (practice, whole_entries_only, sample_percent, clears_text, changed_at, changed_by)
    values (${practice}, ${settings.wholeEntriesOnly}, ${settings.samplePercent},
      ${settings.clearsText}, ${tx.now}, ${staffId})
    on conflict (practice) do update set
      whole_entries_only = excluded.whole_entries_only,
      sample_percent = excluded.sample_percent,
      clears_text = excluded.clears_text,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
  `)
  await enqueue(tx, 'record.rescreen', { ruleset: ruleset.version })
  await recordEvent(tx, { type: 'record.disclosure-set', details: { ...settings } })
}
