import type { ExportRequest } from '../exportRequest.ts'

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
}

export function wordsOf({ headings }: ExportRequest): Words {
  return headings === 'zh' ? ZH : EN
}

/** What the filter narrows down to, as people read it; empty where it takes everything. */
export function narrowing({ filter }: ExportRequest, words: Words, areaName: string | null): string {
  const parts = Object.entries(words.kinds).flatMap(([name, word]) => {
    const value = filter[name as keyof typeof filter]
    if (value === null || value === undefined) return []
    const shown = name === 'area' ? (areaName ?? String(value)) : [value].flat().join(words.and)
    return [`${word} ${shown}`]
  })
  return parts.join(' · ')
}
