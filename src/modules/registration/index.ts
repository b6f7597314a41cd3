export { matchingByNhsLogin } from './commands/matching/match-by-nhs-login.ts'
export { followImport, type ImportedStanding } from './commands/registering/end-registration.ts'
