export { parseConfig, type Config, type EpsAddress } from './config.ts'
