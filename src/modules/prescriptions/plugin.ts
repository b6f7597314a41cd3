export { registerPrescriptions } from './web/routes.ts'
