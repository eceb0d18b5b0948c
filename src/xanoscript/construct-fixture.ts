import type { ConstructKind } from './construct-kinds.ts'

/** Documents for tests: one of each kind at least, written in the ways that people and exports write them. */
export const DOCUMENTS: { kind: ConstructKind; name: string; source: string }[] = [
  {
    kind: 'query',
    name: 'cart/{cart_id}/item',
    source: `// Puts something into a cart.
// "not a text" and { not a brace

query "cart/{cart_id}/item" verb=POST {
  api_group = "shop"
  description = "Adds an item" // trailing note
  auth = "user"

  input {
    int cart_id filters=min:1 {
      table = "cart"
    }
  
    text sku filters=trim|upper|pattern:^[A-Z]{2}-\\d+$ {
      description = "Stock unit"
      sensitive = false
    }
  
    int[1:10] amounts?=[1, 2]
    decimal? price?=-0.5
    enum plan?=free {
      values = ["free", "paid"]
    }
  
    object options? {
      schema {
        bool gift?
        json extra?={}
      }
    }
    file[] photos?
    dblink {
      table = "cart_line"
      override = {
        note: {hidden: true}
      }
    }
    dblink { table = "cart_extra" }
  }

  stack {
    // comments hold " and { and \`
    db.get cart {
      field_name = "id"
      field_value = $input.cart_id
    } as $cart
    precondition ($cart != null && $cart.user_id == $auth.id) {
      error_type = "notfound"
      error = "No \\"cart\\" }"
    }
    conditional {
      if ($input.amounts|count > 0) {
        var $x { value = \`$input.amounts|sum\` }
      }
      elseif (!$cart.open) {
        throw {
          name = 'closed'
          value = """
            The cart {
              is "closed"
            """
        }
      }
      else {
        !debug.log { value = "skipped" }
      }
    }
    api.lambda {
      code = """
        const a = { b: "c" } // js
        return a
        """
    } as $js
  }

  response = {cart: $cart, x: $x}
    |set:"total":($x|sum:$$.price) * 2

  tags = ["shop", 'cart']
  history = 100
  cache = {
    ttl       : 60
    input     : true
    auth      : true
    datasource: false
    ip        : false
    headers   : ["Accept-Language"]
    env       : []
  }
  middleware = {pre: [{name: "limit"}], post: []}
  guid = "q-1"

  test "adds" {
    input = {cart_id: 1, sku: "AB-1"}
    expect.to_equal ($response.total) { value = 3 }
  }
  test removes {
    expect.to_be_true ($response.ok)
  }
}
`,
  },
  {
    kind: 'query',
    name: 'status/{id}/now',
    source: 'query status/{id}/now verb=GET { input { int id } stack { } response = "ok" tags = ["a"] }',
  },
  {
    kind: 'function',
    name: 'tools/math/add 🧮',
    source: `function 'tools/math/add 🧮' {
  description = """
    Adds
      two numbers
    """
  input {
    int a
    int b?
  }
  stack
  response = $input.a
    // the other one
    |add:$input.b
  cache = {ttl: 0}
}
`,
  },
  {
    kind: 'task',
    name: 'nightly',
    source: `task nightly {
  active = false
  datasource = "live"
  stack {
    function.run "clean/up"
  }
  schedule = [
    {starts_on: 2025-01-31 08:00:00+0000, freq: 86400}
    {starts_on: 2025-02-28 08:00:00+0000, freq: 60, ends_on: 2026-01-01 00:00:00+0000}
  ]
  history = "inherit"
}
`,
  },
  {
    kind: 'task',
    name: 'older',
    source:
      'task older {\n  stack {\n  }\n  schedule {\n    events = [{starts_on: 2025-01-31 08:00:00+0000}]\n  }\n}\n',
  },
  {
    kind: 'addon',
    name: 'user_of_post',
    source: `addon user_of_post {
  input {
    uuid user_id? {
      table = "user"
    }
  }
  stack {
    db.query user {
      where = $db.user.id == $input.user_id && $db.user.kind in ["a", "b"]
      return = {type: "single"}
    }
  }
  tags = []
}
`,
  },
  {
    kind: 'middleware',
    name: 'limit',
    source: `middleware limit {
  input {
    json vars
    enum type {
      values = ["pre", "post"]
    }
  }
  stack {
    redis.ratelimit {
      key = $env.$remote_ip
      max = 10
    }
  }
  response = null
  exception_policy = "rethrow"
  response_strategy = "merge"
}
`,
  },
  {
    kind: 'table_trigger',
    name: 'on order',
    source: `table_trigger "on order" {
  table = "order"
  input {
    json new
    json old
    enum action { values = ["insert", "update", "delete", "truncate"] }
    text datasource
  }
  stack {
    debug.log { value = $input.new }
  }
  actions = {insert: true, update: false, delete: true}
  datasources = ["live"]
}
`,
  },
  {
    kind: 'realtime_trigger',
    name: 'joined',
    source:
      'realtime_trigger joined {\n  channel = "room/*"\n  actions = {join: true}\n  stack {}\n  response = $input.payload\n}\n',
  },
  {
    kind: 'workspace_trigger',
    name: 'branches',
    source:
      'workspace_trigger branches {\n  input {\n    object to_branch\n  }\n  stack {\n  }\n  actions = {branch_live: true}\n}\n',
  },
  {
    kind: 'agent_trigger',
    name: 'talk',
    source:
      'agent_trigger talk {\n  agent = "helper"\n  actions = {connection: true}\n  stack {\n  }\n  response = null\n}\n',
  },
  {
    kind: 'mcp_server_trigger',
    name: 'served',
    source: 'mcp_server_trigger served {\n  mcp_server = "main"\n  stack {\n  }\n  response = null\n}\n',
  },
  {
    kind: 'realtime_channel',
    name: 'room/*',
    source: `realtime_channel room/* {
  description = "Rooms"
  public_messaging = {active: true, auth: false}
  settings = {
    anonymous_clients: true
    message_history: 250
    retention: "kept"
  }
}
`,
  },
]

/** The document of a name. */
export function documentOf(name: string): string {
  const document = DOCUMENTS.find((one) => one.name === name)
  if (document === undefined) throw new Error(`There is no document "${name}"`)
  return document.source
}
