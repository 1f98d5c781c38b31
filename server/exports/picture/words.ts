import { LEAST_HOUSEHOLDS } from '#domain/heat/households.ts'
import { LEAST_INCIDENTS } from '#domain/heat/quantity.ts'
import type { ExportRequest } from '../exportRequest.ts'
import type { Material } from '../material.ts'

/** What stands on a picture, in the language of its headings. */
export type Words = {
  readonly title: (place: string) => string
  readonly unit: { readonly [unit in ExportRequest['unit']]: string }
  readonly quantity: { readonly [unit in ExportRequest['unit']]: string }
  readonly bandwidth: (m: number) => string
  readonly n: (n: number) => string
  readonly heldBack: (k: number) => string
  readonly system: (code: string, name: string) => string
  readonly source: (product: string, head: number) => string
  readonly madeAt: (at: string) => string
  readonly kinds: { readonly [filter: string]: string }
  readonly and: string
  readonly values: { readonly [kind: string]: { readonly [code: string]: string } }
  readonly nothing: { readonly [unit in ExportRequest['unit']]?: string } // where a ratio says nothing
}

const ZH: Words = {
  title: place => `${place}事件热力图`,
  unit: {
    perHectareHour: '件/公顷·小时',
    perKm2: '件/平方公里',
    perThousand: '件/千户·日',
    share: '% 于已判定（达标或超时）',
  },
  quantity: { perHectareHour: '密度', perKm2: '密度', perThousand: '每千户件数', share: '超时占比' },
  bandwidth: m => `高斯核，带宽 ${m} 米`,
  n: n => `事件 ${n.toLocaleString('en-US')} 件`,
  heldBack: k => `不足 ${k} 件处不予显示`,
  system: (code, name) => `坐标系 ${code}（${name}）`,
  source: (product, head) => `来源：${product}，日志位置 ${head}`,
  madeAt: at => `生成于 ${at}`,
  kinds: {
    category: '类别',
    source: '来源',
    tier: '等级',
    clock: '时限',
    clockState: '时限状态',
    hour: '时段',
    weekday: '星期',
    area: '区域',
  },
  and: '、',
  values: {
    tier: { minor: '小事', major: '大事', hard: '难事' },
    clock: { discover: '发现', respond: '响应', resolve: '处置' },
    clockState: {
      pending: '未开始',
      running: '计时中',
      paused: '挂账',
      met: '达标',
      breached: '超时',
      notApplicable: '不适用',
    },
    weekday: { 1: '一', 2: '二', 3: '三', 4: '四', 5: '五', 6: '六', 7: '日' },
  },
  nothing: {
    perThousand: `不足 ${LEAST_HOUSEHOLDS} 户处不计`,
    share: `已判定不足 ${LEAST_INCIDENTS} 件处不计`,
  },
}
const EN: Words = {
  title: place => `Incident heat, ${place}`,
  unit: {
    perHectareHour: 'incidents per hectare·hour',
    perKm2: 'incidents per km²',
    perThousand: 'incidents per 1,000 households·day',
    share: '% of those met or breached',
  },
  quantity: {
    perHectareHour: 'Density',
    perKm2: 'Density',
    perThousand: 'Per 1,000 households',
    share: 'Share of breaches',
  },
  bandwidth: m => `Gaussian kernel, bandwidth ${m} m`,
  n: n => `${n.toLocaleString('en-US')} incidents`,
  heldBack: k => `not shown where fewer than ${k}`,
  system: (code, name) => `${code} (${name})`,
  source: (product, head) => `Source: ${product}, log position ${head}`,
  madeAt: at => `made ${at}`,
  kinds: {
    category: 'category',
    source: 'source',
    tier: 'tier',
    clock: 'clock',
    clockState: 'clock state',
    hour: 'hours',
    weekday: 'weekdays',
    area: 'area',
  },
  and: ', ',
  values: { weekday: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' } },
  nothing: {
    perThousand: `none where fewer than ${LEAST_HOUSEHOLDS} households`,
    share: `none where fewer than ${LEAST_INCIDENTS} are decided`,
  },
}

export function wordsOf({ headings }: ExportRequest): Words {
  return headings === 'zh' ? ZH : EN
}

/** What the filter narrows down to, as people read it; empty where it takes everything. */
export function narrowing({ request, areas, names }: Material, words: Words): string {
  const { filter, unit } = request
  const parts = Object.entries(words.kinds).flatMap(([kind, word]) => {
    const value = filter[kind as keyof typeof filter]
    // Of a share the legend says which states it is of.
    if (value === null || value === undefined || (kind === 'clockState' && unit === 'share')) return []
    const shown = [value].flat().map(code => nameOf(kind, String(code)))
    return [`${word} ${shown.join(words.and)}`]
  })
  return parts.join(' · ')

  function nameOf(kind: string, code: string): string {
    if (kind === 'area') return areas.find(area => area.code === code)?.name ?? code
    if (kind === 'category' || kind === 'source') return names[kind][code] ?? code
    return words.values[kind]?.[code] ?? code
  }
}
