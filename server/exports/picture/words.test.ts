import { expect, test } from 'vitest'
import { T0 } from '../../testing/street.ts'
import { exportRequestOf } from '../exportRequest.ts'
import { gather } from '../gather.ts'
import { exportedStreet, WINDOW } from '../testExports.ts'
import { narrowing, wordsOf } from './words.ts'

test('what a picture is narrowed down to stands on it by name, in its language', async () => {
  const street = await exportedStreet()
  await street.app.store.reference.putSetting('sources', [{ id: 'hotline', name: '12345 热线', kind: 'incidents' }])
  const said = async (headings: 'zh' | 'en', more: string, unit = 'perHectareHour') => {
    const filter = `from=${encodeURIComponent(WINDOW[1]!)}&to=${encodeURIComponent(WINDOW[3]!)}${more}`
    const request = exportRequestOf(
      { what: 'heat', format: 'png', filter, headings, unit },
      await street.app.reference(),
      null,
    )
    if (typeof request === 'string') throw new Error(request)
    return narrowing(await gather(street.app, null, request, { head: null, at: T0 }), wordsOf(request))
  }
  const chosen = '&area=310101001&category=fire&source=hotline&source=lost&clock=respond&clockState=breached&weekday=7'
  expect(await said('zh', chosen)).toBe(
    '类别 火情 · 来源 12345 热线、lost · 时限 响应 · 时限状态 超时 · 星期 日 · 区域 西苑',
  )
  expect(await said('en', '&weekday=1&hour=9&hour=10')).toBe('hours 9, 10 · weekdays Mon')
  expect(await said('zh', '&clock=respond', 'share')).toBe('时限 响应')
})
