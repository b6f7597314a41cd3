export { recordEvent, type AuditEvent } from './events.ts'
