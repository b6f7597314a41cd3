export { openAccess, setPracticeServices, type NewAssociation } from './commands/set-access.ts'
export { recordAreas, type RecordArea, type WithheldArea } from './domain/areas.ts'
export {
  decidePermissions,
  type Permissions,
  type RecordLevel,
  type RecordPause,
  type Service,
  type ServiceLevel,
  type Switches,
} from './domain/services.ts'
export { mayDo } from './domain/permissions.ts'
export type { Permission, Role } from './domain/roles.ts'
export { associationsOfPatient, type PatientAssociation } from './queries/associations.ts'
export { alsoFor, permissionsOf, requireActing, type Acting, type Purpose } from './web/acting.tsx'
export { requireStaff, rolesOf, type StaffActing, type StaffPurpose } from './web/staff.tsx'
