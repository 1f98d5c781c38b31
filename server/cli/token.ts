import { handOver } from '../access/deviceHolder.ts'
import { expiryFrom, isRole, type TokenRequest, tokens } from '../access/tokens.ts'
import { ROLES } from '../access/viewer.ts'
import type { OpenApp } from '../openApp.ts'
import { readSecret } from '../secret.ts'
import { type Command, required, text, UsageError, type Values } from './command.ts'
import { refuseUnknownAreas } from './knownAreas.ts'
import { openExisting } from './openExisting.ts'
import { ROLE_WORDS } from './roleWords.ts'

const ROLE_WIDTH = Math.max(...ROLES.map(role => role.length))

export const token: Command = {
  summary: 'make, list and revoke tokens; approve a screen by the code that it shows',
  usage: [
    'gridwatch token --role R --area CODE[,CODE] [--worker ID] [--device KEY] [--name T] [--expires P30D] [--pair CODE]',
    'gridwatch token --list [--json]',
    'gridwatch token --revoke ID',
    '',
    'Prints the token alone: it cannot be read again. --pair gives it to the screen that shows CODE instead.',
    '',
    'Roles, each inside its areas and what lies below them:',
    ...ROLES.map(role => `  ${role.padEnd(ROLE_WIDTH)}  ${ROLE_WORDS[role]}`),
  ].join('\n'),
  options: {
    role: { type: 'string' },
    area: { type: 'string' },
    worker: { type: 'string' },
    device: { type: 'string' },
    name: { type: 'string' },
    expires: { type: 'string' },
    pair: { type: 'string' },
    list: { type: 'boolean' },
    revoke: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, _, io) {
    const app = await openExisting(io)
    try {
      const held = tokens(app, await readSecret(app.config))
      if (values.list) {
        const rows = (await held.list()).map(({ hash: _hash, ...row }) => row)
        if (values.json) io.out(JSON.stringify(rows))
        else for (const row of rows) io.out(line(row))
        return 0
      }
      const id = text(values, 'revoke')
      if (id !== null) {
        if (!(await held.revoke(id)))
          throw new UsageError(`no token ${id} is in force (gridwatch token --list names them)`)
        io.out(`revoked ${id}`)
        return 0
      }
      const request = await requestFrom(values, app)
      const code = text(values, 'pair')
      if (code === null) io.out(await held.issue(request))
      else if (await held.approve(code, request)) io.out(`paired ${code}`)
      else throw new UsageError(`no screen shows the code ${code} now; codes live ten minutes`)
      return 0
    } finally {
      await app.store.close()
    }
  },
}

async function requestFrom(values: Values, app: OpenApp): Promise<TokenRequest> {
  const role = required(values, 'role')
  if (!isRole(role))
    throw new UsageError(`--role is "${role}", expected one of ${ROLES.join(', ')} (see gridwatch token --help)`)
  const reference = await app.reference()
  const now = app.time.now()
  const areas = required(values, 'area').split(',')
  refuseUnknownAreas(areas, reference, app, now)
  const worker = text(values, 'worker')
  const device = text(values, 'device')
  if (role === 'worker' && worker === null) throw new UsageError('--role worker needs --worker ID')
  if (role !== 'worker' && role !== 'device' && worker !== null)
    throw new UsageError('--worker goes with --role worker or device')
  if (worker !== null && !reference.workers.has(worker)) throw new UsageError(`--worker: there is no worker ${worker}`)
  if (device !== null && role !== 'device') throw new UsageError('--device goes with --role device')
  const expires = text(values, 'expires')
  const expiresAt = expires === null ? null : expiryFrom(expires, now)
  if (expires !== null && expiresAt === null)
    throw new UsageError(`--expires is "${expires}", expected days or weeks such as P30D`)
  if (role === 'device' && worker !== null && device !== null)
    await app.store.reference.putDevices(handOver(reference.devices, device, worker, now))
  return { role, areas, worker, device, name: text(values, 'name'), expiresAt }
}

function line(row: {
  id: string
  role: string
  areas: readonly string[]
  name: string | null
  revokedAt: number | null
  expiresAt: number | null
}): string {
  const state =
    row.revokedAt !== null
      ? 'revoked'
      : row.expiresAt === null
        ? 'no end'
        : `until ${new Date(row.expiresAt).toISOString()}`
  return [row.id, row.role, row.areas.join(','), row.name ?? '-', state].join('\t')
}
