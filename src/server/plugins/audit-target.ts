/** Kinds that have another name in records than in paths. */
const KINDS: Record<string, string> = {
  apigroup: 'api_group',
  channel: 'notification_channel',
  content: 'row',
  member: 'user',
  oidc: 'oidc_provider',
}

interface PathTarget {
  workspaceId: number | null
  target: { kind?: string; id?: number }
}

/**
 * What an operation is about, as far as its path tells before anything is parsed: the last id in it. `path` is that of
 * the contract, with `{table_id}`, or with `{id}` behind the name of the list.
 */
export function targetOfPath(path: string, params: Readonly<Record<string, string | undefined>>): PathTarget {
  const ids = [...path.matchAll(/(?<![\w-])([\w-]+)\/\{(\w+)\}/g)].flatMap(([, list = '', name = '']) => {
    const text = params[name] ?? ''
    if (!/^[1-9]\d{0,14}$/.test(text)) return []
    const word = name === 'id' ? list.replace(/s$/, '').replaceAll('-', '_') : name.replace(/_id$/, '')
    return [{ kind: KINDS[word] ?? word, id: Number(text) }]
  })
  const workspace = ids.find(({ kind }) => kind === 'workspace')
  return { workspaceId: workspace?.id ?? null, target: ids.at(-1) ?? {} }
}
