export {
  keepSecretsBy,
  KeyringFailure,
  keyringFor,
  openFrom,
  openKeyring,
  sealFor,
} from './keyring.ts'
export { isCommonPassword } from './common-passwords.ts'
export { csrfToken, isCsrfToken } from './csrf.ts'
export { currentCode, newCodeSecret, setUpLink, verifyCode } from './one-time-code.ts'
export {
  OpenIdFailure,
  openIdProvider,
  type OpenIdClaims,
  type OpenIdProvider,
  type OpenIdRoundTrip,
  type OpenIdSettings,
} from './openid.ts'
export {
  askForNewPasskey,
  askForPasskey,
  checkNewPasskey,
  checkPasskey,
  parsePasskeyAnswer,
  passkeySite,
  type PasskeyAnswer,
  type PasskeyQuestion,
  type PasskeySite,
  type StoredPasskey,
} from './passkey.ts'
export { hashPassword, isPassword } from './password.ts'
export { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts'
export { hashToken, newToken } from './token.ts'
