import type { Figures, FunctionState, SummaryCounts } from './figures.ts'

/** The counts of one practice in one month, gathered from the statements that made them. */
export interface Counted {
  /** The practice's own switches at the end of the month. */
  readonly on: {
    readonly appointments: boolean
    readonly prescriptions: boolean
    readonly recordLevel: string
  }
  readonly enabled: {
    readonly listSize: number
    readonly apptsEnabled: number
    readonly prescEnabled: number
    readonly recordEnabled: number
    readonly anyEnabled: number
    readonly canUse: number
  }
  readonly newEnabled: number
  readonly active: number
  readonly appointments: {
    readonly booked: number
    readonly cancelled: number
    readonly bookedAtAll: number
    readonly cancelledAtAll: number
    readonly cancelledOutOfHours: number
  }
  readonly offered: {
    readonly available: number
    readonly availableOnline: number
    readonly missed: number
    readonly missedOnline: number
  }
  readonly prescriptions: { readonly orders: number; readonly items: number }
  readonly record: {
    readonly recordUse: number
    readonly recordViews: number
    readonly recordPeople: number
    readonly letterViews: number
    readonly letterPeople: number
    readonly resultViews: number
    readonly resultPeople: number
  }
}

/**
 * The figures of a month from its counts. A move gives one appointment back and takes another: it is
 * one booked and one cancelled, as it was before patients could move. `totalUse` is everything done
 * online: booked, cancelled, ordered, read.
 */
export function figuresFrom(counted: Counted): Figures {
  const { on, appointments, prescriptions, record } = counted
  const { anyEnabled, ...enabled } = counted.enabled
  const { apptsEnabled, prescEnabled, recordEnabled } = enabled
  return {
    ...enabled,
    apptsState: stateOf(on.appointments),
    apptsUse: appointments.booked + appointments.cancelled,
    prescState: stateOf(on.prescriptions),
    prescUse: prescriptions.orders,
    recordState: stateOf(['detailed', 'documents', 'full'].includes(on.recordLevel)),
    recordUse: record.recordUse,
    totalEnabled: Math.max(anyEnabled, apptsEnabled, prescEnabled, recordEnabled),
    newEnabled: counted.newEnabled,
    totalUse: totalUse(counted),
    active: counted.active,
    booked: appointments.booked,
    cancelled: appointments.cancelled,
  }
}

/** A practice that has begun has every function, on or off. */
function stateOf(isOn: boolean): FunctionState {
  return isOn ? 2 : 1
}

function totalUse({ appointments, prescriptions, record }: Counted): number {
  return appointments.booked + appointments.cancelled + prescriptions.orders + record.recordViews
}

/** The counts of the month summary, keys 8 to 57. What this service does not do yet is not told. */
export function summaryFrom(counted: Counted): SummaryCounts {
  const { enabled, appointments, offered, prescriptions, record } = counted
  return {
    appointment_cancelled_trans_count: appointments.cancelledAtAll,
    appointment_cancelled_ooh_online_trans_count: appointments.cancelledOutOfHours,
    appointment_available_count: offered.available,
    appointment_available_online_count: offered.availableOnline,
    appointment_scheduled_count: appointments.bookedAtAll,
    appointment_dna_appt_count: offered.missed,
    appointment_dna_online_appt_count: offered.missedOnline,
    prescriptions_ordered_trans_count: prescriptions.orders,
    items_ordered_total_count: prescriptions.items,
    online_patient_count: enabled.anyEnabled,
    new_online_patient_count: counted.newEnabled,
    online_patient_record_view_count: record.recordPeople,
    online_patient_letter_view_count: record.letterPeople,
    online_record_letter_view_count: record.letterViews,
    online_patient_test_result_view_count: record.resultPeople,
    total_online_transactions_count: totalUse(counted),
    unique_online_patient_record_trans_count: record.recordPeople,
    appointment_scheduled_online_trans_count: appointments.booked,
    appointment_cancelled_online_trans_count: appointments.cancelled,
    prescription_online_trans_count: prescriptions.orders,
    online_record_view_count: record.recordViews,
    online_record_test_result_view_count: record.resultViews,
  }
}
