import { ChoiceSetting, TextListSetting, TextSetting } from '../setting.decorators.js';

/** Whether several customers share the service without seeing each other. */
export class TenancySettings {
  @ChoiceSetting({
    group: 'Tenancy',
    choices: ['off', 'on'],
    default: 'off',
    description: "Whether every caller belongs to a tenant, and sees nothing but that tenant's.",
  })
  TENANCY: 'off' | 'on' = 'off';

  @TextListSetting({
    group: 'Tenancy',
    fallback: 'nobody',
    description:
      'Callers that say in `X-Tenant-Id` whom they call for: names of API keys, and `token:` with the subject of a ' +
      'token, separated by commas.',
  })
  TENANT_TRUSTED_CALLERS: string[] = [];

  @TextSetting({
    group: 'Tenancy',
    fallback: 'tokens name no tenant',
    description: 'The claim of tokens that names their tenant.',
  })
  TENANT_CLAIM?: string;
}

export interface TenancyConfig {
  readonly isOn: boolean;
  /** Names of API keys, and `token:` with the subject of a token. */
  readonly trustedCallers: ReadonlySet<string>;
  /** Null where tokens name no tenant. */
  readonly claim: string | null;
}

export function tenancyConfig(settings: TenancySettings): TenancyConfig {
  return {
    isOn: settings.TENANCY === 'on',
    trustedCallers: new Set(settings.TENANT_TRUSTED_CALLERS),
    claim: settings.TENANT_CLAIM ?? null,
  };
}
