/** What the stand-in for Azure knows. Plain JSON, so that separate `az` processes can share it in a file. */

export interface FakeApp {
  group: string;
  sku: string;
  hostname: string;
  settings: Record<string, string>;
  /** Size of the deployed zip; 0 before the first. */
  zipBytes: number;
}

export interface FakeVault {
  group: string;
  location: string;
  secrets: Record<string, string>;
}

export interface FakeAssignment {
  id: string;
  name: string;
  principalId: string;
  principalType: string;
  roleDefinitionId: string;
  scope: string;
  /** Calls to the vault that are still refused, because the role has not arrived there. */
  propagating: number;
}

/** A call that fails once: the first whose command line holds `command`. */
export interface FakeFault {
  command: string;
  stderr: string;
  /** Azure does what was asked, and only the answer is lost. */
  after?: boolean;
}

export interface AzState {
  loggedIn: boolean;
  subscriptionId: string;
  principalId: string;
  userType: 'user' | 'servicePrincipal';
  groups: Record<string, { location: string; others: string[] }>;
  apps: Record<string, FakeApp>;
  vaults: Record<string, FakeVault>;
  deletedVaults: Record<string, FakeVault>;
  /** Names that somebody else has. */
  taken: string[];
  storage: Record<string, { group: string }>;
  assignments: FakeAssignment[];
  deployments: Record<string, { parameters: Record<string, unknown> }>;
  runtimes: { name: string; version: string; default: boolean }[];
  hostname: string;
  propagation: number;
  faults: FakeFault[];
  /** Every call, in order. */
  calls: string[][];
  /** Names of environment variables of the last call that hold one of our secrets. */
  secretVariables: string[];
}

export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
export const PRINCIPAL = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const OWNER_ROLE = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

export function roleAssignment(role: string, scope: string, name: string, propagating = 0): FakeAssignment {
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    principalId: PRINCIPAL,
    principalType: 'User',
    roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    scope,
    propagating,
  };
}

/** An empty subscription whose owner is signed in. */
export function freshState(changes: Partial<AzState> = {}): AzState {
  return {
    loggedIn: true,
    subscriptionId: SUBSCRIPTION,
    principalId: PRINCIPAL,
    userType: 'user',
    groups: {},
    apps: {},
    vaults: {},
    deletedVaults: {},
    taken: [],
    storage: {},
    assignments: [roleAssignment(OWNER_ROLE, `/subscriptions/${SUBSCRIPTION}`, 'owner')],
    deployments: {},
    runtimes: [
      { name: 'node', version: '20', default: false },
      { name: 'node', version: '22', default: true },
      { name: 'node', version: '24', default: false },
    ],
    hostname: '127.0.0.1:1',
    propagation: 2,
    faults: [],
    calls: [],
    secretVariables: [],
    ...changes,
  };
}
