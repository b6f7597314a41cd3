export { practiceJobs } from './commands/staff/jobs.ts'
export { registerPractice } from './web/routes.tsx'
export { registerStaff } from './web/staff/routes.tsx'
