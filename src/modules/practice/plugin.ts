export { registerPractice } from './web/routes.tsx'
