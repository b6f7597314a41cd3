export { recordEvent, type AuditEvent } from './events.ts'
export { checkTrail, sealEvents, type TrailCheck } from './seal.ts'
export { eventsByPatient, type EventSeen } from './views.ts'
