/** What the setting says during work on everybody's rows. No tenant can be called so. */
export const ALL_TENANTS = '*';

/**
 * Makes a session show the rows of one tenant: as the role that owns the tables, because superusers see everything
 * whatever the policies say.
 */
export const ENTER = `
  select set_config('role', pg_get_userbyid(relowner), false), set_config('ml_service.tenant', $1, false)
  from pg_class where oid = 'collections'::regclass`;

/** Read once for each statement, not once for each row. */
const TENANT = `(select current_setting('ml_service.tenant', true))`;

/** Who sees a row: its tenant alone, or work on behalf of all tenants too. */
export type Visibility = 'tenant' | 'tenant and service';

/** Statements after which each row of a table, which has a column `tenant`, is visible to its tenant. */
export function isolateRows(table: string, visibility: Visibility): string[] {
  const service = visibility === 'tenant' ? '' : ` or ${TENANT} = '${ALL_TENANTS}'`;
  return [
    ...forceIsolation(table),
    `create policy tenant_isolation on ${table} using (tenant = ${TENANT}${service})`,
  ];
}

/**
 * Statements after which a table is visible to the tenant whose session makes it, and to the service. The condition is
 * a query of its own: computed once for each statement, and no reason for the planner to expect few rows.
 */
export function isolateTable(table: string): string[] {
  return [
    ...forceIsolation(table),
    `do $$ begin
       execute format('create policy tenant_isolation on ${table}
         using ((select current_setting(''ml_service.tenant'', true) in (%L, ''${ALL_TENANTS}'')))',
         current_setting('ml_service.tenant'));
     end $$`,
  ];
}

/** Without `force`, the tables' owner would see everything. */
function forceIsolation(table: string): string[] {
  return [`alter table ${table} enable row level security`, `alter table ${table} force row level security`];
}
