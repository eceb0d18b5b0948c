import { Ellipsis, Pencil, PlugZap, Power, Trash2 } from 'lucide-react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { joinWords } from '#console/scopes/grant-words.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'

interface ProviderActions {
  onEdit: (provider: OidcProvider) => void
  onTest: (provider: OidcProvider) => void
  onSwitch: (provider: OidcProvider) => void
  onRemove: (provider: OidcProvider) => void
}

export function providerColumns(actions: ProviderActions): DataColumn<OidcProvider>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: '12rem',
      stacked: 'primary',
      cell: ({ name }) => (
        <span className="font-medium" title={name}>
          {name}
        </span>
      ),
    },
    {
      id: 'issuer',
      header: 'Address',
      cell: ({ issuer }) => (
        <code className="text-xs" title={issuer}>
          {issuer}
        </code>
      ),
    },
    {
      id: 'domains',
      header: 'For',
      width: '14rem',
      from: 'lg',
      stacked: 'secondary',
      cell: ({ allowedDomains }) => <span title={joinWords(allowedDomains)}>{joinWords(allowedDomains)}</span>,
    },
    {
      id: 'state',
      header: 'State',
      width: '6rem',
      stacked: 'secondary',
      cell: ({ active }) => <Badge tone={active ? 'success' : 'neutral'}>{active ? 'On' : 'Off'}</Badge>,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (provider) => <ProviderMenu provider={provider} {...actions} />,
    },
  ]
}

function ProviderMenu({ provider, onEdit, onTest, onSwitch, onRemove }: ProviderActions & { provider: OidcProvider }) {
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${provider.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<PlugZap aria-hidden />} onSelect={() => onTest(provider)}>
        Test discovery
      </MenuItem>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(provider)}>
        Change
      </MenuItem>
      <MenuItem icon={<Power aria-hidden />} onSelect={() => onSwitch(provider)}>
        {provider.active ? 'Turn off' : 'Turn on'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onRemove(provider)}>
        Remove provider
      </MenuItem>
    </Menu>
  )
}
