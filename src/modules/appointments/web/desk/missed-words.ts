import type { MissedAdvice } from '../../domain/desk/missed.ts'

/** 2 appointments missed and 1 cancelled late in the last 12 months, and the practice's advice. */
export function formatMissed({ missed, lateCancelled, months, advice }: MissedAdvice): string {
  const parts = [
    missed > 0 && `${missed} ${missed === 1 ? 'appointment' : 'appointments'} missed`,
    lateCancelled > 0 &&
      `${lateCancelled} ${missed > 0 ? '' : lateCancelled === 1 ? 'appointment ' : 'appointments '}cancelled late`,
  ].filter((part) => part !== false)
  const span = months === 1 ? 'the last month' : `the last ${months} months`
  return `${parts.join(' and ')} in ${span}. ${advice}`
}
