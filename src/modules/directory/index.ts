export { changeRegistration, type RegistrationChange } from './commands/change-registration.ts'
export {
  addPatients,
  addRooms,
  addStaff,
  savePractice,
  saveSites,
  upsertPatient,
} from './commands/add-people.ts'
export { setContact } from './commands/set-contact.ts'
export type { Contact, ContactChoice } from './domain/contact.ts'
export { contactOf } from './queries/contact.ts'
export {
  formatName,
  type Patient,
  type PatientId,
  type Practice,
  type Room,
  type RoomId,
  type Sex,
  type Site,
  type SiteId,
  type StaffId,
  type StaffMember,
  type StaffRole,
} from './domain/patient.ts'
export {
  clinicians,
  ownDetails,
  ownNumbersOnRecord,
  ownPractice,
  patientById,
  patientByNhsNumber,
  patientsFound,
  practiceByCode,
  practiceCodes,
  rooms,
  sites,
  type FoundPatient,
} from './queries/people.ts'
