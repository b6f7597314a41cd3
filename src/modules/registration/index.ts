export { matchingByNhsLogin } from './commands/matching/match-by-nhs-login.ts'
