import type { ConstructKind } from './construct-kinds.ts'

const AGENT_TOOLS = `
object toolset {
  schema {
    int id
    text name
    text instructions
  }
}
object[] tools {
  schema {
    int id
    text name
    text instructions
  }
}`

/**
 * The inputs that the kind is always called with (section 4 of the language's reference), a line each, not indented.
 * Empty where the inputs are free.
 */
export const FIXED_INPUT: Partial<Record<ConstructKind, string>> = {
  middleware: `
json vars
enum type {
  values = ["pre", "post"]
}`,
  table_trigger: `
json new
json old
enum action {
  values = ["insert", "update", "delete", "truncate"]
}
text datasource`,
  realtime_trigger: `
enum action {
  values = ["message", "join"]
}
text channel
object client {
  schema {
    json extras
    object permissions {
      schema {
        int dbo_id
        text row_id
      }
    }
  }
}
object options {
  schema {
    bool authenticated
    text channel
  }
}
json payload`,
  workspace_trigger: `
object to_branch {
  schema {
    int id
    text label
  }
}
object from_branch {
  schema {
    int id
    text label
  }
}
enum action {
  values = ["branch_new", "branch_merge", "branch_live"]
}`,
  agent_trigger: AGENT_TOOLS,
  mcp_server_trigger: AGENT_TOOLS,
}
