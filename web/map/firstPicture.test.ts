import type { MapLibreMap } from 'maplibre-gl'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { drawBoundariesFirst } from './firstPicture.ts'

let idle: (() => void)[]
beforeEach(() => {
  idle = []
  vi.stubGlobal('requestIdleCallback', (turn: () => void) => idle.push(turn))
})
afterEach(() => vi.unstubAllGlobals())

/** A map whose events are raised by hand, and what was done in which order. */
function began() {
  const listeners: { type: string; isOnce: boolean; listener: (event: object) => void }[] = []
  const hear = (isOnce: boolean) => (type: string, listener: (event: object) => void) =>
    void listeners.push({ type, isOnce, listener })
  const raise = (type: string, event: object = {}) => {
    for (const heard of listeners.filter(heard => heard.type === type)) {
      if (heard.isOnce) listeners.splice(listeners.indexOf(heard), 1)
      heard.listener(event)
    }
  }
  const done: string[] = []
  const turns = {
    onDrawn: () => void done.push('drawn'),
    furnish: () => void done.push('furnish'),
    addPeople: () => void done.push('people'),
  }
  const end = new AbortController()
  const map = { on: hear(false), once: hear(true) } as unknown as MapLibreMap
  const picture = drawBoundariesFirst(map, turns, end.signal)
  const rest = () => {
    for (const turn of idle.splice(0)) turn()
  }
  return { raise, rest, done, picture, end }
}
const areasLoaded = { sourceId: 'areas', isSourceLoaded: true }

test('nothing else is drawn before the boundaries are on the screen and the page has a moment', () => {
  const { raise, rest, done, picture } = began()
  raise('style.load')
  raise('sourcedata', { sourceId: 'base', isSourceLoaded: true })
  raise('sourcedata', { sourceId: 'areas', isSourceLoaded: false })
  raise('render')
  rest()
  expect(done).toEqual([])
  raise('sourcedata', areasLoaded)
  expect(done).toEqual([])
  raise('render')
  expect(done).toEqual(['drawn'])
  expect(picture.isFurnished()).toBe(false)
  rest()
  expect(done).toEqual(['drawn', 'furnish', 'people'])
  expect(picture.isFurnished()).toBe(true)
})

test('a map without boundaries is drawn when it is loaded, and drawn once', () => {
  const { raise, rest, done } = began()
  raise('style.load')
  raise('load')
  raise('sourcedata', areasLoaded)
  raise('render')
  rest()
  expect(done).toEqual(['drawn', 'furnish', 'people'])
})

test('the style that comes back after a lost context is furnished anew, the picture is not first again', () => {
  const { raise, rest, done, picture } = began()
  raise('style.load')
  raise('load')
  rest()
  picture.forgetStyle()
  expect(picture.isFurnished()).toBe(false)
  raise('style.load')
  expect(picture.isFurnished()).toBe(true)
  expect(done).toEqual(['drawn', 'furnish', 'people', 'furnish'])
})

test('a context that is lost before the page had a moment leaves nothing to draw in until the next', () => {
  const { raise, rest, done, picture } = began()
  raise('style.load')
  raise('load')
  picture.forgetStyle()
  rest()
  expect(done).toEqual(['drawn', 'people'])
  raise('style.load')
  expect(done).toEqual(['drawn', 'people', 'furnish'])
})

test('nothing is drawn on a map that has gone', () => {
  const { raise, rest, done, end } = began()
  raise('style.load')
  raise('load')
  end.abort()
  rest()
  expect(done).not.toContain('furnish')
})
