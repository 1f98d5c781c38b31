import { i18n } from '../i18n.ts'
import en from '../locales/areas.en.json' with { type: 'json' }
import zhCN from '../locales/areas.zh-CN.json' with { type: 'json' }

/** The words of the leaders' pages come with them: no other face carries them. */
export function addAreasTexts(): void {
  i18n.global.mergeLocaleMessage('zh-CN', zhCN)
  i18n.global.mergeLocaleMessage('en', en)
}
