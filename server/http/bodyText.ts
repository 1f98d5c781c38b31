/** The body, read no further than it may go. Null: it is longer. */
export async function textUpTo({ headers, body }: Request, mostBytes: number): Promise<string | null> {
  if (Number(headers.get('content-length') ?? 0) > mostBytes) return null
  if (body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // Leaving the loop gives the rest up.
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
