import pg from 'pg'

/** Items written with one statement at most. */
const BATCH_MAX = 200

interface Waiting<Item> {
  item: Item
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Makes the function that writes one item, of a `write` that takes several: those that come up while one statement is on
 * its way go together with the next, in their order. Its promise is fulfilled once the item is stored.
 */
export function inBatches<Item>(write: (items: Item[]) => Promise<void>): (item: Item) => Promise<void> {
  const queue: Waiting<Item>[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    while (queue.length > 0) await writeBatch(write, queue.splice(0, BATCH_MAX))
    isWriting = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (isWriting) return
      isWriting = true
      void writeAll()
    })
}

async function writeBatch<Item>(write: (items: Item[]) => Promise<void>, batch: Waiting<Item>[]): Promise<void> {
  try {
    await write(batch.map(({ item }) => item))
    for (const { resolve } of batch) resolve()
  } catch (error) {
    // One that cannot be stored must not take the others with it.
    if (batch.length > 1 && isBadValue(error)) for (const waiting of batch) await writeBatch(write, [waiting])
    else for (const { reject } of batch) reject(error)
  }
}

/** True where the database refused a value. After any other failure nobody knows what is stored: nothing is repeated. */
function isBadValue(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}
