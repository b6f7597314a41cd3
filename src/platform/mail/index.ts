export { openMailServer, type MailServer } from './smtp.ts'
