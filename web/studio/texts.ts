import { i18n } from '../i18n.ts'
import en from '../locales/studio.en.json' with { type: 'json' }
import zhCN from '../locales/studio.zh-CN.json' with { type: 'json' }

/** The studio's words come with the studio: no other face carries them. */
export function addStudioTexts(): void {
  i18n.global.mergeLocaleMessage('zh-CN', zhCN)
  i18n.global.mergeLocaleMessage('en', en)
}
