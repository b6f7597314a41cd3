export {
  addPatients,
  addRooms,
  addStaff,
  savePractice,
  upsertPatient,
} from './commands/add-people.ts'
export {
  formatName,
  type Patient,
  type PatientId,
  type Practice,
  type Room,
  type RoomId,
  type Sex,
  type StaffId,
  type StaffMember,
  type StaffRole,
} from './domain/patient.ts'
export {
  clinicians,
  ownPractice,
  patientById,
  patientByNhsNumber,
  patientsFound,
  practiceByCode,
  practiceCodes,
  rooms,
  type FoundPatient,
} from './queries/people.ts'
