export { messageJobs } from './commands/write-notice.ts'
export { registerMessages } from './web/routes.tsx'
