import { createI18n } from 'vue-i18n'
import en from './locales/en.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Locale,
  fallbackLocale: 'zh-CN' as Locale,
  messages: { 'zh-CN': zhCN, en },
})

/** `?lang=en` and its relatives; anything else is Chinese. */
export const localeOf = (asked: unknown): Locale =>
  typeof asked === 'string' && asked.startsWith('en') ? 'en' : 'zh-CN'
