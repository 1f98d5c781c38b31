import { expect, test } from 'vitest'
import { peerAddress, proxiedAddress } from './clientAddress.ts'

test.each([
  ['10.0.0.9', null, '10.0.0.9', '10.0.0.9'],
  ['10.0.0.9', '203.0.113.5', '10.0.0.9', '203.0.113.5'],
  ['10.0.0.9', '1.2.3.4, 203.0.113.5', '10.0.0.9', '203.0.113.5'], // the first is the client's own word
  ['10.0.0.9', ' ', '10.0.0.9', '10.0.0.9'],
  [undefined, undefined, '', ''],
])('from %s, forwarded for %s: %s, behind a proxy of ours %s', (peer, forwardedFor, direct, proxied) => {
  expect([peerAddress(peer, forwardedFor), proxiedAddress(peer, forwardedFor)]).toEqual([direct, proxied])
})
