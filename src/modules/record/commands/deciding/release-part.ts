import { isDeepStrictEqual } from 'node:util'
import { accept, refuse, type Result } from '#kernel/result'
import { decidePart } from '../../domain/deciding.ts'
import { patientCopy } from '../../domain/deciding/patient-copy.ts'
import { disclosureSettings } from '../../queries/review/settings.ts'
import { copiedEntry } from '../../queries/review/copied.ts'
import { writeRelease } from '../decide-entry.ts'
import {
  factsOf,
  isDoneAlready,
  lockedInContext,
  type Decided,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './decider.ts'

/**
 * Lets the patient see an entry without the words in `taken`: a copy of what is left is kept with the
 * decision and is all that can be read of it. The entry is never changed. Clinicians alone, and not
 * where the practice shows whole entries only. Nothing else is released with it.
 *
 * Source: DISCLOSURE 5, point 5. Hazard: what is left says what was taken out.
 */
export async function releasePart(
  tx: Decider,
  asked: EntryDecision & { readonly taken: readonly string[] },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  const copy = patientCopy(await copiedEntry(tx, found.subject), asked.taken)
  // The whole of it, or another part, released meanwhile by the same person is not the same decision.
  const isSame = copy.ok && isDeepStrictEqual(found.subject.standing?.patientCopy, copy.value)
  if (isSame && isDoneAlready(tx, found, asked.seen, 'released'))
    return accept({ count: 1, ...(found.subject.standing?.proposes && { isProposed: true }) })
  const { wholeEntriesOnly } = await disclosureSettings(tx)
  const facts = await factsOf(tx, found.subject, asked.seen)
  const decision = decidePart(facts, wholeEntriesOnly)
  if (!decision.ok) return decision
  if (!copy.ok) return copy
  // A second person who takes out something else proposes that instead.
  const release =
    decision.value.step === 'second' && !isSame
      ? ({ step: 'propose', lane: 'clinician' } as const)
      : decision.value
  return writeRelease(tx, found, release, { also: [], copy: copy.value })
}
