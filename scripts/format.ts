import { spawnSync } from 'node:child_process'

const given = process.argv.slice(2)
const args = ['node_modules/oxfmt/bin/oxfmt', '--write', ...given]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
