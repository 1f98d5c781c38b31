/** Who is at the other end: `peer` is the socket's address, `forwardedFor` the header X-Forwarded-For. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | null | undefined) => string

/** Anybody may send the header, so without a proxy of ours it says nothing. */
export const peerAddress: ClientAddress = peer => peer ?? ''

/** GRIDWATCH_TRUST_PROXY=on: the last address is what our proxy wrote; those before it are what it was told. */
export const proxiedAddress: ClientAddress = (peer, forwardedFor) =>
  forwardedFor?.split(',').at(-1)?.trim() || peerAddress(peer, null)
