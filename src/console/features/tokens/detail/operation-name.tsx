import type { TokenUsage } from '#api/contract/token-usage.ts'

type Named = Pick<TokenUsage['byOperation'][number], 'operation' | 'method' | 'path'>

/** An operation as a caller knows it; one that is no more has only its id left. */
export function OperationName({ of: { operation, method, path } }: { of: Named }) {
  return (
    <span title={operation} className="font-normal">
      {path === null ? operation : <code className="text-xs">{`${method ?? ''} ${path}`}</code>}
    </span>
  )
}
