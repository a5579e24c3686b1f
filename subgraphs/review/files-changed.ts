import { problem } from '../../policy/errors.ts'

/** What is told where a thread found other files than those this process decides by. */
export const filesChanged = () =>
  problem('SUBGRAPH_UNAVAILABLE', {
    vi: 'tệp quy tắc hoặc lược đồ đã đổi sau khi tiến trình này khởi động',
    en: 'the files of rules or schema changed after this process started',
  })
