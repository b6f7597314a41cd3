/** The constraint that a write ran into, or `undefined` where the fault is of another kind. */
export function brokenConstraint(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || !('code' in fault) || !('constraint' in fault)) return undefined
  const constraints = ['23505', '23P01', '23514', '23503']
  return constraints.includes(String(fault.code)) ? String(fault.constraint) : undefined
}

/** Whether a statement failed by the code that one of our own functions raises, such as `PO001`. */
export function wasRaised(fault: unknown, code: `PO${number}`): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === code
}
