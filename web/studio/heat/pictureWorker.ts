/** Pictures off the main thread. */
import { makePicture, type PictureQuestion } from './picture.ts'
import type { PictureAnswer } from './pictureClient.ts'

self.onmessage = ({ data }: MessageEvent<PictureQuestion>) => {
  self.postMessage(answer(data))
}

/** Bytes that make no sense are said, not thrown. */
function answer(question: PictureQuestion): PictureAnswer {
  try {
    return { picture: makePicture(question), error: null }
  } catch (error) {
    return { picture: null, error: String(error) }
  }
}
