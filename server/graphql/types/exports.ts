import { mayReadExports } from '../../access/may.ts'
import { inScope } from '../../access/viewer.ts'
import type { ExportRecord } from '../../store/eventStore.ts'
import type { Context } from '../context.ts'
import type { Reading } from '../reading.ts'
import { Refusal } from '../refusal.ts'

const MOST = 1000

export const exportsResolvers = {
  Query: {
    exports: async (_: unknown, { first }: { first?: number | null }, { deps, reading }: Context) => {
      if (!mayReadExports(reading.viewer)) throw FORBIDDEN
      const limit = first ?? 100
      if (limit < 0 || limit > MOST) throw TOO_MANY
      const records = await deps.app.store.reference.exportRecords(MOST)
      return records
        .filter(record => isInScope(reading, record))
        .slice(0, limit)
        .map(({ actor, ...record }) => ({ ...record, by: actor }))
    },
  },
}

/** Only of files that hold nothing from elsewhere: a filter names areas. */
function isInScope({ viewer, reference: { areas }, now }: Reading, record: ExportRecord): boolean {
  const codes = record.areas ?? areas.roots(now).map(({ code }) => code)
  return codes.every(code => inScope(viewer, areas.path(code, now)))
}

const FORBIDDEN = new Refusal('FORBIDDEN', {
  en: 'Which files left is shown to auditors and administrators',
  zh: '导出记录仅供审计员和管理员查看',
})
const TOO_MANY = new Refusal('BAD_INPUT', {
  en: `first is 0 to ${MOST}`,
  zh: `first 的取值是 0 到 ${MOST}`,
})
