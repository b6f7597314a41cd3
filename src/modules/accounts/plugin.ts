export { registerAccounts } from './web/register.tsx'
