export { importFiles, type ImportFile, type ImportSettings } from './commands/import-files.ts'
export { formatReport } from './domain/format-report.ts'
export { isAllIn, type FileReport } from './domain/import-report.ts'
