export { createAccountsInBulk, type NewAccount } from './commands/create-account.ts'
export { resealSecrets } from './commands/methods/secrets.ts'
export { makeRecoveryCodes } from './commands/methods/recovery-codes.ts'
export {
  abandonAccount,
  checkChosenSignIn,
  linkAccount,
  openAccount,
  type ChosenSignIn,
  type OpenAccountRefusal,
} from './commands/sign-up/open-account.ts'
export { linkApplicant, raiseAccount } from './commands/sign-up/limited-account.ts'
export type { NhsLoginMatching } from './commands/nhs-login/sign-in-by-nhs-login.ts'
export type { NhsLoginPerson } from './domain/nhs-login/person.ts'
export { nhsLoginFacts, type NhsLoginFacts } from './queries/nhs-login.ts'
export { closeStaffAccount, endStaffLink } from './commands/staff/close-account.ts'
export { joiningDays, makeJoiningCode, openAccountToJoin } from './commands/staff/joining.ts'
export { staffAccounts, type StaffAccount } from './queries/staff-accounts.ts'
export { beginSignIn } from './commands/signing-in/begin-sign-in.ts'
export type {
  AccountFace,
  AccountId,
  AccountLink,
  ApplicantLink,
  LiveSignIn,
} from './domain/account.ts'
export { accountIdByEmail, applicationOf, linksOf as accountLinks } from './queries/accounts.ts'
export { SetUpSteps } from './web/account/change-pages.tsx'
export { passwordWords } from './web/account/change-routes.tsx'
export { CodeField, NewPasswordField } from './web/signing-in/fields.tsx'
export {
  carryCsrf,
  deviceOf,
  limitedSignIn,
  requireLimitedSignIn,
  requireSignIn,
  startSignIn,
  turnTo,
} from './web/browser.ts'
export { sendDueMail } from './commands/send-mail.ts'
