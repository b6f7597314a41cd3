export { registerHome } from './web/routes.tsx'
