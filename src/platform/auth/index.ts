export { csrfToken, isCsrfToken } from './csrf.ts'
export { hashPassword, isPassword } from './password.ts'
export { currentCode, newCodeSecret, verifyCode } from './one-time-code.ts'
export { hashToken, newToken } from './token.ts'
