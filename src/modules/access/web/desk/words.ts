import type { SuspendedWhy } from '../../domain/suspending.ts'

/** Why access is suspended, for staff. */
export const suspendedWords: Readonly<Record<SuspendedWhy, string>> = {
  surgery: 'by the practice',
  'not-safe': 'the patient does not feel safe sharing this. Do not tell anybody else',
  'age-review': 'waits for a review since the child’s birthday',
  sixteen: 'since the sixteenth birthday',
}
