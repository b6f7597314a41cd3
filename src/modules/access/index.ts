export { endAllAccess } from './commands/rights/end-all.ts'
export {
  openHistory,
  setPatientAreas,
  setPracticeAreas,
  type AreaSetting,
} from './commands/record/set-areas.ts'
export { openAccess, setPracticeServices, type NewAssociation } from './commands/set-access.ts'
export { requireFirst, type ActingFirst } from './web/limited/first.tsx'
export { decideGrant, type GrantRefusal } from './domain/identity/grants.ts'
export { cappedGrant, type Grant, type IdentityMethod } from './domain/identity/methods.ts'
export { defaultGrant, type AccessPolicy } from './domain/policy/policy.ts'
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
export { mayDo, seesCountsOnly } from './domain/permissions.ts'
export { practiceReach, type PracticeReach } from './queries/rights/reach.ts'
export type { Permission, Role } from './domain/roles.ts'
export { accessPolicy } from './queries/rights/policy.ts'
export { recordAsksForReview } from './queries/rights/review.ts'
export { associationsOfPatient, type PatientAssociation } from './queries/associations.ts'
export { alsoFor, permissionsOf, requireActing, type Acting, type Purpose } from './web/acting.tsx'
export { requireStaff, rolesOf, type StaffActing, type StaffPurpose } from './web/staff.tsx'
export { patientAreas, practiceAreas, readersCount } from './queries/record/areas.ts'
export { proxiesOfPatient, type Proxy, type ProxyId } from './queries/proxies/proxies.ts'
export { ContactNote } from './web/contact/contact-page.tsx'
export { maySeeContact } from './queries/proxies/contact.ts'
