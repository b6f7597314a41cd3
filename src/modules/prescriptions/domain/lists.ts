import type { Medicine } from './medicine.ts'

/** The lists a patient's medicines are shown in. Source: DOMAIN RX-1, RX-4, RX-13. */
export type MedicineList = 'current' | 'repeat-dispensing' | 'acute' | 'past'

/**
 * The one list a medicine belongs to. `current` are all active repeats, orderable or not; `past` is
 * whatever was stopped or has ended. A delayed prescription is short-term, as an acute one is.
 */
export function listOf({ type, status }: Pick<Medicine, 'type' | 'status'>): MedicineList {
  if (status !== 'active') return 'past'
  switch (type) {
    case 'repeat':
      return 'current'
    case 'repeat-dispensing':
      return 'repeat-dispensing'
    case 'acute':
    case 'delayed':
      return 'acute'
  }
}
