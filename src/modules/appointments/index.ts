export { addPastAppointments } from './commands/add-past-appointments.ts'
export { addSession } from './commands/add-sessions.ts'
export { bookAppointment, type Booking } from './commands/book-appointment.ts'
export { cancelAppointment } from './commands/cancel-appointment.ts'
export { moveAppointment, type Moving } from './commands/move-appointment.ts'
export { setBookingRules } from './commands/set-booking-rules.ts'
export { makeDraw } from './commands/draw/make-draw.ts'
export { invitePatients } from './commands/templates/invite-patients.ts'
export { createSlotType } from './commands/templates/save-slot-type.ts'
export type { BookingRefusal } from './domain/booking.ts'
export type { CancellingRefusal } from './domain/cancelling.ts'
export type { MovingRefusal } from './domain/moving.ts'
export type { NewSession, NewSlot } from './domain/session.ts'
export type { SlotTypeDraft } from './domain/templates/type-draft.ts'
export type { SlotTypeId } from './domain/slot-type.ts'
export type {
  AppointmentId,
  BookingRules,
  DeliveryChannel,
  SessionId,
  SlotId,
} from './domain/slot.ts'
export { upcomingAppointments, type OwnAppointment } from './queries/own-appointments.ts'
