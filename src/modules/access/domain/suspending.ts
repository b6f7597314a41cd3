/**
 * Why access is suspended, for staff. Whoever it is suspended for is told none of it: the words are
 * the same as for access that ended. Source: DOMAIN CO-3.
 */
export type SuspendedWhy =
  | 'surgery'
  /** The patient said, quietly, that they do not feel safe sharing. */
  | 'not-safe'
  /** The birthday from which on a proxy's access to a child is looked at again (PX-4). */
  | 'age-review'
  /** The sixteenth birthday. */
  | 'sixteen'
