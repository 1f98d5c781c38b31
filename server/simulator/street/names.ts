/** Invented names. A road's name is used once; whatever real street bears it too is a coincidence. */
import type { Random } from '../random.ts'

const ROOTS = (
  '兰草 青禾 竹溪 梧影 听泉 栖霞 观澜 采菱 枕流 云锦 浣花 折柳 芦花 蒹葭 拾翠 鸣鹤 凝香 丹枫 石榴 海棠 芸香 沁芳 踏歌 望舒 扶摇 知春 立夏 白露 霜降 谷雨 清和 ' +
  '崇文 明德 尚贤 敬业 乐群 思齐 弘毅 笃行 博雅 怀远 同济 集贤 登云 聚仙 太和 永宁 安顺 长乐 福寿 庆余 仁里 义合 礼泉 信义 万和 百福 三元 五云 七星 九如 双桥 ' +
  '渔歌 樵风 棹影 帆影 沙鸥 晚照 朝晖 流萤 虹影 雁回 松涛 梅影 桂馥 莲塘 荷风 菊坡 杏林 桃源 枣园 柿林 榆荫 槐安 枫桥 银杏 紫藤 蔷薇 丁香 茉莉 茶亭 药圃 ' +
  '染坊 织锦 磨坊 油坊 酱园 米市 布市 花市 鱼市 砚池 墨林 琴台 画院 诗桥 书声 印月 鼓楼 钟亭 牌坊 驿前 水关 北仓 南仓 窑湾 渡口 堰头 井巷 碾子 灯市 戏台'
).split(' ')

export type Namer = { street(isNorthSouth: boolean): string; lane(): string }

export function namer(random: Random): Namer {
  const rest = [...ROOTS]
  const take = () => rest.splice(random.integer(0, rest.length - 1), 1)[0]
  const used = new Set<string>()
  const named = (suffixes: readonly string[]) => {
    // When the roots run out, a second name on the same root is told apart by 前 and 后, as in old towns.
    const base = take() ?? `${random.pick(ROOTS)}${random.pick(['前', '后', '东', '西', '新'])}`
    let name = `${base}${random.pick(suffixes)}`
    while (used.has(name))
      name = `${random.pick(ROOTS)}${random.pick(['前', '后', '东', '西', '新'])}${random.pick(suffixes)}`
    used.add(name)
    return name
  }
  return {
    street: isNorthSouth => named(isNorthSouth ? ['路', '路', '街'] : ['街', '路', '横街']),
    lane: () => named(['巷', '里', '弄', '胡同'].slice(0, 3)),
  }
}

const SURNAMES = [
  ...'陈李王张刘杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵',
]
const FIRST = [
  ...'思雨晓建文志嘉子秋明浩玉启若国婉立安景春承佳振海伯静长书怀慈致采良知守映光素家云克梦世舒广冬清德彩永慧少诗宗锦佩仲叔可亦',
]
const SECOND = [
  ...'阳桐远岚华静强禾墨月轩娟然梅航溪栋清新琪行燕宇怡棠年姝青瑶瑾念薇玉夏正雪耀心勤洁安雅平鸣越明云福敏涵宁川琳',
]

/** A person's name, used once. */
export function personNamer(random: Random): () => string {
  const used = new Set<string>()
  return () => {
    for (;;) {
      const name = random.pick(SURNAMES) + random.pick(FIRST) + (random.chance(0.88) ? random.pick(SECOND) : '')
      if (used.has(name)) continue
      used.add(name)
      return name
    }
  }
}
