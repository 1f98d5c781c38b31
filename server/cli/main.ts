import { parseArgs } from 'node:util'
import { ConfigError } from '../config.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { conformance } from './conformance.ts'
import { exportFile } from './export.ts'
import { importFile } from './import.ts'
import { rebuild } from './rebuild.ts'
import { simulate } from './simulate.ts'
import { start } from './start.ts'
import { summary } from './summary.ts'
import { token } from './token.ts'
import { verify } from './verify.ts'

const COMMANDS: { readonly [name: string]: Command } = {
  start,
  import: importFile,
  export: exportFile,
  summary,
  token,
  verify,
  rebuild,
  simulate,
  conformance,
}

/** Runs one command line and returns its exit code. */
export async function main(args: readonly string[], io: Io = terminal()): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(overview())
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    io.err(`gridwatch has no command "${name}"; it has: ${Object.keys(COMMANDS).join(', ')}`)
    return 2
  }
  try {
    return await run(name, command, rest, io)
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error
    io.err(`gridwatch ${name}: ${error.message}`)
    return 2
  }
}

async function run(name: string, command: Command, args: string[], io: Io): Promise<number> {
  const options = { ...command.options, help: { type: 'boolean' as const } }
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} (see gridwatch ${name} --help)`)
  }
  if (parsed.values.help) {
    io.out(`${command.summary}\n\n${command.usage}`)
    return 0
  }
  const values = Object.fromEntries(
    Object.entries(parsed.values).map(([option, value]) => [option, Array.isArray(value) ? value.at(-1) : value]),
  )
  return command.run(values, parsed.positionals, io)
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length))
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return ['gridwatch <command> [options]; each has --help', '', ...rows].join('\n')
}

function terminal(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessClosed)
  return {
    env: process.env,
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? line => process.stderr.write(`\r\x1b[K${line}`) : null,
  }
}

/** Whoever reads may stop reading, as `head` does; the command goes on to its end. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
